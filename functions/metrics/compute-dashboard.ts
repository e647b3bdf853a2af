import { valueOfBin } from "../../shared/drift/figures/bins.ts";
import { confidence } from "../../shared/drift/figures/confidence.ts";
import type { SummarisedHour } from "../../shared/inference-log/read-hours.ts";
import { type Dashboard, type DashboardHour, dashboardSchema } from "../../shared/schemas/dashboard.ts";
import type { PredictionGroup } from "../../shared/schemas/hour-summary.ts";
import type { ErrorRecord } from "../../shared/schemas/inference-record.ts";

export interface DashboardInput {
  fromMs: number;
  toMs: number;
  /** Oldest first. */
  hours: readonly SummarisedHour[];
  /** Failed requests, in any order. */
  errors: readonly ErrorRecord[];
  complete: boolean;
  verdicts: Dashboard["verdicts"];
}

const shownErrors = 10;
const shownLeastSure = 10;
/** Width of a bar of the confidence chart, percent. */
const stepOfConfidence = 5;

/** Computes the answer of `GET /dashboard/data`. */
export function computeDashboard(input: DashboardInput): Dashboard {
  const groups = input.hours.flatMap(({ summary }) => summary.groups);
  return dashboardSchema.parse({
    from: isoTime(input.fromMs),
    to: isoTime(input.toMs),
    complete: input.complete,
    hours: input.hours.flatMap(describeHour),
    confidence: countConfidence(groups),
    verdicts: input.verdicts,
    errors: input.errors
      .toSorted((a, b) => b.timestamp_ms - a.timestamp_ms)
      .slice(0, shownErrors)
      .map(describeError),
    least_sure: groups
      .flatMap((group) => group.least_sure)
      .sort((a, b) => a.confidence - b.confidence)
      .slice(0, shownLeastSure),
  });
}

function describeHour({ hourMs, summary: { groups } }: SummarisedHour): DashboardHour[] {
  const predictions = sum(groups.map((group) => group.predictions));
  if (predictions === 0) return [];
  const times = groups.flatMap(({ figures }) => figures.inference_time_ms ?? []);
  const confidences = groups.flatMap(({ figures }) => figures.confidence ?? []);
  return [
    {
      start: isoTime(hourMs),
      predictions,
      classes: addUp(groups.flatMap((group) => Object.entries(group.class_counts))),
      versions: addUp(groups.map((group) => [group.model_version, group.predictions])),
      decisions: addUp(groups.flatMap((group) => Object.entries(group.decision_counts))),
      mean_confidence: meanOf(confidences),
      mean_inference_time_ms: meanOf(times),
      longest_inference_time_ms: Math.max(0, ...times.map(({ maximum }) => maximum)),
    },
  ];
}

function countConfidence(groups: readonly PredictionGroup[]): number[] {
  const counts = new Array<number>(100 / stepOfConfidence).fill(0);
  for (const { figures } of groups) {
    for (const [bin, inBin] of Object.entries(figures.confidence?.bins ?? {})) {
      const value = valueOfBin(Number(bin), confidence.bins);
      const step = Math.min(Math.floor(value / stepOfConfidence), counts.length - 1);
      counts[step] = (counts[step] ?? 0) + inBin;
    }
  }
  return counts;
}

const describeError = ({ timestamp_ms, error, status, detail }: ErrorRecord) => ({
  at: isoTime(timestamp_ms),
  error,
  status,
  detail,
});

function addUp(entries: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [key, value] of entries) sums[key] = (sums[key] ?? 0) + value;
  return sums;
}

function meanOf(values: readonly { count: number; mean: number }[]): number {
  const count = sum(values.map((value) => value.count));
  return count === 0 ? 0 : sum(values.map((value) => value.mean * value.count)) / count;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const isoTime = (timestampMs: number) => new Date(timestampMs).toISOString();
