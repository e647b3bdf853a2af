import { readFile } from "node:fs/promises";

/**
 * Lowest and highest value of an input example as MLflow writes it (`[[[[...]]]]`, or under `inputs`); undefined if
 * there is none, or it contains no numbers.
 */
export async function readExampleRange(file: string): Promise<[number, number] | undefined> {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const visit = (value: unknown): void => {
    if (typeof value === "number") {
      low = Math.min(low, value);
      high = Math.max(high, value);
    } else if (typeof value === "object" && value !== null) {
      Object.values(value).forEach(visit);
    }
  };
  try {
    visit(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined;
  }
  return low <= high ? [low, high] : undefined;
}
