import { computeQuantile } from "../load.ts";
import { renderTable } from "../table.ts";
import type { SwapResult } from "./measure-swaps.ts";

export function renderSwaps(result: SwapResult): string {
  const row = (name: string, times: readonly number[]) => [
    name,
    times.length,
    computeQuantile(times, 0.5),
    computeQuantile(times, 0.95),
    computeQuantile(times, 1),
  ];
  const ratio = computeQuantile(result.loadingMs, 0.95) / computeQuantile(result.quietMs, 0.95);
  const seconds = result.loadSeconds;
  return [
    renderTable(
      [`answers at ${result.perSecond} per second`, "answers", "p50 ms", "p95 ms", "longest ms"],
      [row("between two loads", result.quietMs), row("while a version loads", result.loadingMs)],
    ),
    `p95 while a version loads is ${ratio.toFixed(2)} times the one between (allowed: 2). ${result.failed} requests failed.`,
    `${seconds.length} versions were loaded, from the look at the registry until they served: ` +
      `${computeQuantile(seconds, 0.5).toFixed(1)} s (median), at most ${Math.max(...seconds).toFixed(1)} s.`,
    renderTable(
      ["resident memory of the server's process", "MB"],
      [
        ["with the first version", result.firstRssMb],
        [`after ${seconds.length} versions loaded`, result.beforeRssMb],
        ["after 20 more swaps", result.afterRssMb],
      ],
    ),
  ].join("\n\n");
}
