import type { PredictionRecord } from "../../schemas/inference-record.ts";
import type { ComparedRecord } from "../figures/figure.ts";
import { maximumReferenceRows } from "./reference-window.ts";

/** Neighbours are kept together in stretches of this length, which show how much they depend on one another. */
const stretch = 100;

/**
 * Renders past predictions as a reference window: JSON lines of what is compared, without ids and times. From more than 5,000
 * predictions it takes stretches of neighbours at equal distances.
 *
 * @param records oldest first
 */
export function renderReferenceWindow(records: readonly (PredictionRecord & ComparedRecord)[]): string {
  return takeStretches(records)
    .map((record) => `${JSON.stringify(pickCompared(record))}\n`)
    .join("");
}

function takeStretches<T>(records: readonly T[]): readonly T[] {
  if (records.length <= maximumReferenceRows) return records;
  const stretches = maximumReferenceRows / stretch;
  const distance = (records.length - stretch) / (stretches - 1);
  return Array.from({ length: stretches }, (_, at) => Math.round(at * distance)).flatMap((start) =>
    records.slice(start, start + stretch),
  );
}

function pickCompared(record: PredictionRecord & ComparedRecord) {
  const { probabilities, predicted_class, confidence, image_measures, inference_time_ms } = record;
  const { predicted_classes, decision, feature_projection, label, model } = record;
  const model_version = `${model.name}/${model.version}`;
  return {
    ...{
      model_version,
      probabilities,
      predicted_class,
      predicted_classes,
      confidence,
      decision,
    },
    ...{ inference_time_ms, image_measures, feature_projection, label },
  };
}
