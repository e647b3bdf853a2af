import type { DriftIndicator, DriftReport } from "../contracts/drift-report.ts";
import { countOf, formatIndicatorValue } from "./format.ts";

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
  const happened = report.causes.map((cause) => cause.happened).join("; ");
  const next = report.causes.some(({ name }) => name !== "high_inference_time")
    ? "Do not trust new answers without a specialist until you know why. Start with step 1 below."
    : "Answers are still right but late. Start with step 1 below.";
  return { verdict: `Drift: ${happened}.`, next };
}

/** What to do, in order; empty unless the verdict is drift. */
export function listNextSteps(report: DriftReport): string[] {
  if (report.verdict !== "drift") return [];
  const steps = report.causes.map((cause) => cause.advice);
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
