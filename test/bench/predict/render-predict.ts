import { computeQuantile, type LoadResult } from "../load.ts";
import { renderTable } from "../table.ts";
import type { ServerResult } from "./measure-servers.ts";
import type { StageTimes } from "./stage-times.ts";

/** Of probabilities: the service and the peer decode and resize with different libraries. */
const agreement = 0.05;

export function renderServers(results: readonly ServerResult[]): string {
  return renderTable(
    [
      "served by (256 x 256)",
      "ready s",
      "p50 ms",
      "p95 ms",
      "requests/s at 4 clients",
      "at 16",
      "RSS MB",
      "failed",
    ],
    results.map(({ name, readySeconds, loads, rssMb }) => [
      name,
      readySeconds,
      loads.small.p50Ms,
      loads.small.p95Ms,
      loads.fourClients.perSecond,
      loads.sixteenClients.perSecond,
      rssMb,
      countFailed([loads.small, loads.fourClients, loads.sixteenClients]),
    ]),
  );
}

/** Everything that an answer makes the machine do, before it and after it. */
export function renderProcessorTime(results: readonly ServerResult[]): string {
  const parts = [...new Set(results.flatMap(({ processorMs }) => Object.keys(processorMs)))];
  return renderTable(
    ["processor ms per request (512 x 512)", ...parts, "all"],
    results.map(({ name, processorMs }) => [
      name,
      ...parts.map((part) => processorMs[part] ?? 0),
      Object.values(processorMs).reduce((sum, ms) => sum + ms, 0),
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
    ["p50 ms at 1 client", "256 x 256", "512 x 512", "1411 x 1411", "2592 x 1944", "failed"],
    results.map(({ name, loads: { small, medium, sample, large } }) => [
      name,
      small.p50Ms,
      medium.p50Ms,
      sample.p50Ms,
      large.p50Ms,
      countFailed([medium, sample, large]),
    ]),
  );
}

function countFailed(loads: readonly LoadResult[]): string {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return `${sum(loads.map(({ failed }) => failed))} of ${sum(loads.map(({ requests }) => requests))}`;
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
  const firstAnswer = `A process of these stages alone gives its first answer ${stages.firstAnswerMs.toFixed(0)} ms after its start (kept graph) and holds ${stages.rssMb.toFixed(0)} MB.`;
  return `${table}\n\n${firstAnswer}`;
}
