import { UsageError } from "../cli/parse-command-line.mjs";

/** @throws UsageError for anything but a number from `minimum` to `maximum` */
export function parseNumber(option: string, text: string, minimum: number, maximum: number): number {
  const parsed = Number(text);
  if (text.trim() !== "" && parsed >= minimum && parsed <= maximum) return parsed;
  throw new UsageError(
    `Expected a number from ${minimum} to ${maximum} for ${option} but received ${text || "nothing"}`,
  );
}
