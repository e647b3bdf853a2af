import { computeQuantile } from "../load.ts";
import { renderTable } from "../table.ts";
import type { ServerResult } from "./measure-server.ts";
import type { StageTimes } from "./stage-times.ts";

/** Of probabilities: the service and the peer decode and resize with different libraries. */
const agreement = 0.05;

export function renderServers(results: readonly ServerResult[]): string {
  return renderTable(
    ["served by (256 x 256)", "ready s", "p50 ms", "p95 ms", "requests/s at 4 clients", "RSS MB", "failed"],
    results.map(({ name, readySeconds, oneClient, fourClients, rssMb }) => [
      name,
      readySeconds,
      oneClient.p50Ms,
      oneClient.p95Ms,
      fourClients.perSecond,
      rssMb,
      `${oneClient.failed + fourClients.failed} of ${oneClient.requests + fourClients.requests}`,
    ]),
  );
}

/** Says whether all give the same answer to the sample, and how far they lie apart. */
export function renderAgreement(results: readonly ServerResult[]): string {
  const difference = computeLargestDifference(results.map(({ percents }) => percents)) / 100;
  const verdict = difference <= agreement ? "agree" : "DO NOT AGREE";
  return `All answers to the sample ${verdict}: they lie at most ${difference.toFixed(4)} apart (allowed: ${agreement}).`;
}

/** NaN, which is never small, when a class is missing. */
export function computeLargestDifference(answers: readonly Record<string, number>[]): number {
  const [first = {}, ...others] = answers;
  const differences = others.flatMap((other) =>
    Object.entries(first).map(([label, value]) => Math.abs(value - (other[label] ?? Number.NaN))),
  );
  return Math.max(0, ...differences);
}

export function renderSizes(results: readonly ServerResult[]): string {
  return renderTable(
    ["p50 ms at 1 client", "256 x 256", "1411 x 1411", "2592 x 1944", "failed"],
    results.map(({ name, oneClient, sample, large }) => [
      name,
      oneClient.p50Ms,
      sample.p50Ms,
      large.p50Ms,
      `${sample.failed + large.failed} of ${sample.requests + large.requests}`,
    ]),
  );
}

/** @param endToEndMs p50 of the whole request over HTTP: what the stages leave of it is the gateway's. */
export function renderStages(stages: StageTimes, endToEndMs: number): string {
  const median = (values: readonly number[]) => computeQuantile(values, 0.5);
  const parts: [string, number][] = [
    ["decode", median(stages.decodeMs)],
    ["crop and resize", median(stages.prepareMs)],
    ["forward pass", median(stages.forwardMs)],
    ["record in S3", median(stages.recordMs)],
  ];
  const known = parts.reduce((sum, [, milliseconds]) => sum + milliseconds, 0);
  const table = renderTable(
    ["where the time goes (onnx, 256 x 256)", "p50 ms"],
    [...parts, ["gateway and HTTP (the rest)", endToEndMs - known], ["end to end", endToEndMs]],
  );
  const firstAnswer = `A process of the function alone gives its first answer ${stages.firstAnswerMs.toFixed(0)} ms after its start (kept graph) and holds ${stages.rssMb.toFixed(0)} MB.`;
  return `${table}\n\n${firstAnswer}`;
}
