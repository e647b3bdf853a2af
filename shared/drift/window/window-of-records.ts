import type { DriftReportPrediction, SeriesPoint } from "../../schemas/drift-report.ts";
import { isByChallenger, type PredictionRecord } from "../../schemas/inference-record.ts";
import { listFigures } from "../figures/figures.ts";
import { roundConfidence } from "../statistics/estimated-accuracy.ts";
import { computeMean } from "../statistics/moments.ts";
import { nameModelVersion, nameServingVersion } from "../summary/hour-summary.ts";
import { describeAnswer, keepLeastSure } from "../summary/prediction-group.ts";
import type { AnalysedWindow, JudgedPredictions } from "./analysed-window.ts";
import { countRefused, describeFacts } from "./window-facts.ts";
import { windowOfRows } from "./window-of-rows.ts";

const seriesPoints = 48;
/** A page with more of them is slow in any browser. */
const latestPredictions = 1_000;

/**
 * @param records oldest first
 * @param refusedMs times of the photographs that were refused as ungradable since the first of them, in any order
 */
export function windowOfRecords(
  records: readonly PredictionRecord[],
  lowConfidencePercent: number,
  refusedMs: readonly number[] = [],
): AnalysedWindow {
  const all = judgedRecords(records, lowConfidencePercent);
  return {
    ...all,
    facts: countRefused(all.facts, refusedMs.length),
    ofVersion: (version) =>
      judgedRecords(
        records.filter((record) => nameModelVersion(record) === version),
        lowConfidencePercent,
      ),
    origin: describeOrigin(records, refusedMs),
    servingVersion: nameServingVersion(records),
    series: computeSeries(records),
    latest: records.slice(-latestPredictions).map(describePrediction),
  };
}

function judgedRecords(
  records: readonly PredictionRecord[],
  lowConfidencePercent: number,
): JudgedPredictions {
  const confidences = records.map(({ confidence }) => confidence / 100);
  const rounded = records.map(({ confidence }) => roundConfidence(confidence));
  return {
    ...windowOfRows(records),
    facts: describeFacts(records, lowConfidencePercent),
    confidence:
      records.length === 0
        ? undefined
        : {
            mean: computeMean(confidences) as number,
            meanOfSquares: computeMean(confidences.map((confidence) => confidence ** 2)) as number,
            sharesAt: (percent) => ({
              above: rounded.filter((confidence) => confidence > percent).length / records.length,
              tied: rounded.filter((confidence) => confidence === percent).length / records.length,
            }),
          },
    leastSure: keepLeastSure(records.map(describeAnswer)),
  };
}

function describeOrigin(
  records: readonly PredictionRecord[],
  refusedMs: readonly number[],
): AnalysedWindow["origin"] {
  const served = new Set(records.filter((record) => !isByChallenger(record)).map(nameModelVersion));
  const versions = [...new Set(records.map(nameModelVersion))].sort();
  return {
    first_timestamp_ms: records[0]?.timestamp_ms ?? null,
    last_timestamp_ms: records.at(-1)?.timestamp_ms ?? null,
    refused_count: refusedMs.length,
    last_refused_ms: refusedMs.length === 0 ? null : refusedMs.reduce((last, each) => Math.max(last, each)),
    session_count: new Set(records.map((record) => record.session_id)).size,
    model_versions: versions,
    challenger_versions: versions.filter((version) => !served.has(version)),
  };
}

/** Means over equal parts of the window. */
function computeSeries(records: readonly PredictionRecord[]): SeriesPoint[] {
  const size = Math.max(1, Math.ceil(records.length / seriesPoints));
  return Array.from({ length: Math.ceil(records.length / size) }, (_, at) => {
    const part = records.slice(at * size, (at + 1) * size);
    const means = listFigures([]).flatMap(({ name, read }) => {
      const mean = computeMean(part.map(read).filter((value) => value !== undefined));
      return mean === null ? [] : [[name, mean] as const];
    });
    return {
      timestamp_ms: (part[0] as PredictionRecord).timestamp_ms,
      prediction_count: part.length,
      means: Object.fromEntries(means),
    };
  });
}

function describePrediction(prediction: PredictionRecord): DriftReportPrediction {
  const { timestamp_ms, confidence, inference_time_ms, predicted_class, predicted_classes } = prediction;
  const model_version = nameModelVersion(prediction);
  return {
    ...{ timestamp_ms, confidence, inference_time_ms, predicted_class, model_version },
    ...(predicted_classes && { predicted_classes }),
  };
}
