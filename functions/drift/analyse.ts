import type { DriftReport } from "../../shared/contracts/drift-report.ts";
import type { PredictionRecord } from "../../shared/contracts/inference-record.ts";
import type { Log } from "../../shared/contracts/log.ts";
import { computeDriftReport, type DriftReportSettings } from "../../shared/drift/drift-report.ts";
import { createJobParts, type PartOutcome } from "./job-parts.ts";
import { type ReportFile, renderReportFiles } from "./report-files.ts";
import type { TrackedReport } from "./track-report.ts";

export interface AnalyseDependencies {
  settings: DriftReportSettings;
  /** The last predictions over all sessions, as many as are asked for or there are. */
  readRecentPredictions(count: number): Promise<PredictionRecord[]>;
  /** Keeps the report where it is safe while MLflow is down; returns its addresses. */
  keepReport(report: DriftReport, files: readonly ReportFile[]): Promise<string[]>;
  /** Absent when tracking is switched off. */
  trackReport?: ((report: DriftReport, files: readonly ReportFile[]) => Promise<TrackedReport>) | undefined;
  emitReportMetrics(report: DriftReport): void;
  emitJobMetrics(failedParts: number): void;
  /** Brings the inference log and MLflow together; returns what was done, for the log. */
  maintain(): Promise<unknown>;
  log: Log;
  now(): Date;
}

export interface Analysis {
  /** Absent when the predictions could not be read. */
  report?: DriftReport;
  /** Where the report is kept; empty when it could not be. */
  addresses: string[];
  /** Absent when the report is not in MLflow. */
  tracked?: TrackedReport;
  parts: PartOutcome[];
}

/**
 * Creates the scheduled job: read the window, judge it, keep and track the report, emit the metrics, then maintenance.
 * A part that fails is reported and stops no other part; nothing is thrown.
 */
export function createAnalyse(dependencies: AnalyseDependencies): () => Promise<Analysis> {
  const { settings, log, now } = dependencies;

  return async () => {
    const parts = createJobParts(log);
    const predictions = await parts.run("read_predictions", async () =>
      dependencies.readRecentPredictions(settings.windowSize),
    );
    const reported = predictions === undefined ? {} : await reportOn(predictions, parts);
    await parts.run("maintain_inference_log", async () =>
      log.info("Inference log maintained", { result: await dependencies.maintain() }),
    );
    await parts.run("emit_job_metrics", () => dependencies.emitJobMetrics(parts.countFailures()));
    return { addresses: [], ...reported, parts: parts.outcomes };
  };

  async function reportOn(predictions: PredictionRecord[], parts: ReturnType<typeof createJobParts>) {
    const report = computeDriftReport(predictions, settings, now());
    logVerdict(report);
    const files = renderReportFiles(report);
    const addresses = await parts.run("keep_report", () => dependencies.keepReport(report, files));
    const { trackReport } = dependencies;
    const tracked =
      trackReport === undefined
        ? undefined
        : await parts.run("track_report", () => trackReport(report, files));
    await parts.run("emit_report_metrics", () => dependencies.emitReportMetrics(report));
    return { report, addresses: addresses ?? [], ...(tracked === undefined ? {} : { tracked }) };
  }

  function logVerdict(report: DriftReport): void {
    const details = {
      verdict: report.verdict,
      indicators: report.indicators.filter((indicator) => indicator.drifted),
      predictions: report.window.recent_prediction_count,
    };
    if (report.drift_detected) log.warn("Drift detected", details);
    else log.info("No drift detected", details);
  }
}
