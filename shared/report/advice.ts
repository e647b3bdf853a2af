import type { DriftIndicator, DriftReport } from "../contracts/drift-report.ts";
import { countOf, formatIndicatorValue } from "./format.ts";

type Name = DriftIndicator["name"];

/** What an indicator is called in the report, and what its value is. */
export const indicatorTitles: Record<Name, { title: string; measures: string }> = {
  low_average_confidence: { title: "Average confidence", measures: "mean confidence of the window" },
  high_low_confidence_ratio: {
    title: "Share of unsure answers",
    measures: "predictions below the confidence limit",
  },
  high_inference_time: { title: "Inference time", measures: "mean time in the model" },
  imbalanced_class_distribution: {
    title: "Largest class",
    measures: "share of the class predicted most often",
  },
};

const whatHappened: Record<Name, string> = {
  low_average_confidence: "the model has become unsure",
  high_low_confidence_ratio: "the model is unsure about many photographs",
  high_inference_time: "the model has become slow",
  imbalanced_class_distribution: "nearly every answer is the same class",
};

/** One thing to do for an indicator that drifted, the most likely cause first. */
const whatToDo: Record<Name, string> = {
  low_average_confidence:
    "Compare recent photographs with those the model was trained on: a new camera, another clinic, dark or " +
    "blurred pictures. If the pictures are fine and a version was promoted lately, go back: npm run rollback.",
  high_low_confidence_ratio:
    "Find out what the unsure photographs have in common: filter the prediction records by confidence and compare " +
    "their image size, format, session and time. Have a specialist look at those answers.",
  high_inference_time:
    "Look at memory and duration of the predict function, and whether a larger version was promoted in this " +
    "window. Raise the function's memory or go back: npm run rollback.",
  imbalanced_class_distribution:
    "Ask whether the clinic really sends one kind of patients. If not, open some of the photographs: black, " +
    "cut or identical pictures all get the same answer. Then check the version that serves: npm run models.",
};

/** The first line of the report: the verdict and the next step, in one sentence each. */
export function describeVerdict(report: DriftReport): { verdict: string; next: string } {
  const count = report.window.recent_prediction_count;
  if (report.verdict === "ok") {
    return {
      verdict: "No drift.",
      next: `Nothing to do: the last ${countOf(count, "prediction")} are within every limit.`,
    };
  }
  if (report.verdict === "drift") return describeDrift(report);
  if (count === 0) {
    return {
      verdict: "Nothing to judge: no prediction was recorded.",
      next: "Check that the service is called and that its inference log is written (GET /health).",
    };
  }
  const minimum = report.settings.minimum_predictions;
  return {
    verdict: `Too few predictions to judge: ${count} of at least ${minimum}.`,
    next: `Nothing to do now: the next report judges once there are ${minimum - count} more.`,
  };
}

function describeDrift(report: DriftReport): { verdict: string; next: string } {
  const drifted = driftedOf(report);
  const happened = drifted.map(({ name }) => whatHappened[name]).join("; ");
  const next = drifted.some(({ name }) => name !== "high_inference_time")
    ? "Do not trust new answers without a specialist until you know why. Start with step 1 below."
    : "Answers are still right but late. Start with step 1 below.";
  return { verdict: `Drift: ${happened}.`, next };
}

/** What to do, in order; empty unless the verdict is drift. */
export function listNextSteps(report: DriftReport): string[] {
  if (report.verdict !== "drift") return [];
  const steps = driftedOf(report).map(({ name }) => whatToDo[name]);
  const versions = report.window.model_versions;
  if (versions.length > 1) {
    steps.unshift(
      `${countOf(versions.length, "model version")} answered in this window (${versions.join(", ")}): see ` +
        "whether the change began with the newer one. If so, go back: npm run rollback.",
    );
  }
  return steps;
}

/** The verdict on one indicator in words. */
export function describeIndicatorVerdict(indicator: DriftIndicator): string {
  if (indicator.drifted === null) return "not judged";
  const limit = formatIndicatorValue(indicator.threshold, indicator.unit);
  if (indicator.drifted) return `drift: ${indicator.direction} ${limit}`;
  return `ok: not ${indicator.direction} ${limit}`;
}

const driftedOf = (report: DriftReport) => report.indicators.filter((indicator) => indicator.drifted);
