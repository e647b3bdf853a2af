import { computeQuantile } from "../load.ts";
import { renderTable } from "../table.ts";
import type { PackagedResult, WarmAnswers } from "./measure-packaged.ts";

const median = (values: readonly number[]): number => computeQuantile(values, 0.5);

export function renderPackaged(results: readonly PackagedResult[]): string {
  return [
    renderTable(
      ["as packaged", "starts", "init ms", "longest init ms", "first answer ms", "peak RSS MB"],
      results.map(({ name, initMs, firstMs, peakRssMb }) => [
        name,
        initMs.length,
        median(initMs),
        Math.max(...initMs),
        median(firstMs),
        Math.max(...peakRssMb),
      ]),
    ),
    renderWarm("256 x 256", results, ({ warm }) => warm.small),
    renderWarm("1411 x 1411", results, ({ warm }) => warm.sample),
  ].join("\n\n");
}

function renderWarm(
  size: string,
  results: readonly PackagedResult[],
  answersOf: (result: PackagedResult) => WarmAnswers,
): string {
  return renderTable(
    [`warm, ${size}`, "p50 ms", "p95 ms", "forward pass ms", "the rest ms", "busy ms", "busy / answer"],
    results.map((result) => {
      const { clientMs, busyMs, forwardMs } = answersOf(result);
      const answer = median(clientMs);
      const forward = median(forwardMs);
      const busy = median(busyMs);
      return [
        result.name,
        answer,
        computeQuantile(clientMs, 0.95),
        forward,
        answer - forward,
        busy,
        busy / answer,
      ];
    }),
  );
}
