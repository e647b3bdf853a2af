import { computeQuantile } from "../load.ts";
import { renderTable } from "../table.ts";
import type { ForwardTimes } from "./forward-times.ts";

export interface ModelResult {
  /** Of the model. */
  name: string;
  /** What ran it. */
  by: string;
  /** A first process; the only one where nothing is kept. */
  cold: ForwardTimes;
  /** A second process, which finds what the first has kept. */
  warm: ForwardTimes | undefined;
}

export function renderModels(results: readonly ModelResult[]): string {
  const table = renderTable(
    [
      "model",
      "run by",
      "load cold ms",
      "load warm ms",
      "first run ms",
      "p50 ms",
      "p95 ms",
      "RSS MB",
      "engine's part MB",
    ],
    results.map(({ name, by, cold, warm }) => {
      const { firstMs, timesMs, rssMb, engineMb } = warm ?? cold;
      return [
        name,
        by,
        cold.loadMs,
        warm === undefined ? Number.NaN : warm.loadMs,
        firstMs,
        computeQuantile(timesMs, 0.5),
        computeQuantile(timesMs, 0.95),
        rssMb,
        engineMb,
      ];
    }),
  );
  const difference = computeLargestDifference(results).toExponential(1);
  return `${table}\n\nAll answers to the same picture lie at most ${difference} apart. One thread each.`;
}

/** Over all models, between what ran each of them; NaN when lengths differ. */
function computeLargestDifference(results: readonly ModelResult[]): number {
  return results.reduce((largest, { name, cold }) => {
    const first = results.find((result) => result.name === name)?.cold.output ?? [];
    const differences = cold.output.map((value, index) => Math.abs(value - (first[index] ?? Number.NaN)));
    return Math.max(largest, ...differences);
  }, 0);
}
