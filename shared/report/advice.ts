import type { DriftIndicator, DriftReport } from "../contracts/drift-report.ts";
import { countOf, formatIndicatorValue } from "./format.ts";

/** Causes that leave the answers as right as they were. */
const timeNames = ["high_inference_time", "inference_time_ms"];

/** The first line of the report: the verdict and the next step, in one sentence each. */
export function describeVerdict(report: DriftReport): { verdict: string; next: string } {
  const count = report.window.recent_prediction_count;
  if (report.severity === "warning") {
    return {
      verdict: `Warning: ${joinCauses(report)}.`,
      next: "The change is certain but small. Look at step 1 below before it grows.",
    };
  }
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
  const next = report.causes.some(({ name }) => !timeNames.includes(name))
    ? "Do not trust new answers without a specialist until you know why. Start with step 1 below."
    : "Answers are still right but late. Start with step 1 below.";
  return { verdict: `Drift: ${joinCauses(report)}.`, next };
}

/** The likeliest causes; the rest stands in the table. */
const joinCauses = (report: DriftReport) =>
  report.causes
    .slice(0, 4)
    .map((cause) => cause.happened)
    .join("; ");

/** What to do, in order; empty when there is nothing to look at. */
export function listNextSteps(report: DriftReport): string[] {
  if (report.causes.length === 0) return [];
  const steps = [...new Set(report.causes.map((cause) => cause.advice))];
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
