import type { RecentWindow } from "../../schemas/drift-report.ts";
import { classesOf, type PredictionRecord } from "../../schemas/inference-record.ts";
import type { ComparedRecord } from "../figures/figure.ts";
import { windowFigures } from "./window-figures.ts";

/** The last `size` predictions by time over all sessions, oldest first; equal times are ordered by session and step. */
export function selectRecentPredictions(
  predictions: readonly PredictionRecord[],
  size: number,
): PredictionRecord[] {
  return [...predictions].sort(byTime).slice(-size);
}

function byTime(first: PredictionRecord, second: PredictionRecord): number {
  if (first.timestamp_ms !== second.timestamp_ms) return first.timestamp_ms - second.timestamp_ms;
  if (first.session_id !== second.session_id) return first.session_id < second.session_id ? -1 : 1;
  return first.step - second.step;
}

/**
 * Figures over a window of predictions, under the names that MLflow gets. Standard deviations are those of the
 * population (numpy's default).
 *
 * @param lowConfidencePercent a prediction below this has low confidence, 0..100
 */
export function computeRecentWindow(
  predictions: readonly ComparedRecord[],
  lowConfidencePercent: number,
): RecentWindow {
  const figures = windowFigures.map(({ name, compute }) => [
    name,
    compute(predictions, lowConfidencePercent),
  ]);
  return {
    ...(Object.fromEntries(figures) as Omit<RecentWindow, "recent_class_ratio">),
    recent_class_ratio: computeClassRatio(predictions.map(classesOf)),
  };
}

/**
 * Share of the answers that name each class, 0..1, classes in alphabetical order; empty when there are no answers.
 *
 * @param answers the classes that each answer names: one, or any number where several can be right
 */
function computeClassRatio(answers: readonly (readonly string[])[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of answers.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(
    [...counts]
      .sort(([first], [second]) => (first < second ? -1 : 1))
      .map(([name, count]) => [name, count / answers.length]),
  );
}
