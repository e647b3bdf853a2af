import { valueOfBin } from "../../shared/drift/figures/bins.ts";
import { confidence } from "../../shared/drift/figures/confidence.ts";
import { summariseRecords } from "../../shared/drift/hour-summary.ts";
import { type Dashboard, type DashboardHour, dashboardSchema } from "../../shared/schemas/dashboard.ts";
import type { HourSummary, PredictionGroup } from "../../shared/schemas/hour-summary.ts";
import type { ErrorRecord, InferenceLogRecord } from "../../shared/schemas/inference-record.ts";
import { hourLengthMs } from "../../shared/time/durations.ts";

export interface SummarisedHour {
  /** Start of the hour, milliseconds since 1970. */
  hourMs: number;
  summary: HourSummary;
}

export interface DashboardInput {
  fromMs: number;
  toMs: number;
  /** The compacted hours. */
  summaries: readonly SummarisedHour[];
  /** The newest records of every kind; predictions of an hour that has a summary are counted only there. */
  records: readonly InferenceLogRecord[];
  complete: boolean;
  verdicts: Dashboard["verdicts"];
}

const shownErrors = 10;
const shownLeastSure = 10;
/** Width of a bar of the confidence chart, percent. */
const stepOfConfidence = 5;

/** Computes the answer of `GET /dashboard/data`. */
export function computeDashboard(input: DashboardInput): Dashboard {
  const hours = [...input.summaries, ...summariseHours(input)].sort((a, b) => a.hourMs - b.hourMs);
  const groups = hours.flatMap(({ summary }) => summary.groups);
  return dashboardSchema.parse({
    from: isoTime(input.fromMs),
    to: isoTime(input.toMs),
    complete: input.complete,
    hours: hours.flatMap(describeHour),
    confidence: countConfidence(groups),
    verdicts: input.verdicts,
    errors: input.records
      .filter((record) => record.kind === "error")
      .sort((a, b) => b.timestamp_ms - a.timestamp_ms)
      .slice(0, shownErrors)
      .map(describeError),
    least_sure: groups
      .flatMap((group) => group.least_sure)
      .sort((a, b) => a.confidence - b.confidence)
      .slice(0, shownLeastSure),
  });
}

/** Summaries of the hours that are not compacted yet, made from their records. */
function summariseHours({ records, summaries, fromMs }: DashboardInput): SummarisedHour[] {
  const summarised = new Set(summaries.map(({ hourMs }) => hourMs));
  const predictions = records.filter(
    ({ kind, timestamp_ms }) => kind === "prediction" && timestamp_ms >= fromMs,
  );
  return [...Map.groupBy(predictions, ({ timestamp_ms }) => timestamp_ms - (timestamp_ms % hourLengthMs))]
    .filter(([hourMs]) => !summarised.has(hourMs))
    .map(([hourMs, ofHour]) => ({ hourMs, summary: summariseRecords(ofHour) }));
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
