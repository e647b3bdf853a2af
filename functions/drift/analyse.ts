import { judgeWindow } from "../../shared/drift/drift-report.ts";
import type { DriftReportSettings } from "../../shared/drift/drift-report-settings.ts";
import type { ReportFile } from "../../shared/report-runs/report-run.ts";
import type { DriftReport, WindowSelection } from "../../shared/schemas/drift-report.ts";
import type { Log } from "../../shared/schemas/log.ts";
import type { Alert } from "./alerts/alert-episode.ts";
import type { FoundReference } from "./find-reference.ts";
import { createJobParts, type PartOutcome } from "./job-parts.ts";
import type { DriftWindow } from "./read-drift-window.ts";
import { renderReportFiles } from "./report-files.ts";
import type { TrackedReport } from "./track-report.ts";

export interface AnalyseDependencies {
  settings: DriftReportSettings;
  readWindow(selection: WindowSelection): Promise<DriftWindow>;
  /** @param version `name/version` of the newest prediction that is not a challenger's */
  findReference(version: string | undefined): Promise<FoundReference>;
  /** Keeps the report in S3, which does not depend on MLflow; returns its addresses. */
  keepReport(report: DriftReport, files: readonly ReportFile[]): Promise<string[]>;
  /** Absent when tracking is switched off. */
  trackReport?: ((report: DriftReport, files: readonly ReportFile[]) => Promise<TrackedReport>) | undefined;
  emitReportMetrics(report: DriftReport): void;
  emitJobMetrics(failedParts: number): void;
  /** Tells people when drift begins or ends; absent where nobody is to be told. */
  raiseAlert?: ((report: DriftReport, links: readonly string[]) => Promise<Alert | undefined>) | undefined;
  /** Maintains the inference log and what MLflow has of it; returns what was done, for the log. Absent where another job does it. */
  maintain?: (() => Promise<unknown>) | undefined;
  log: Log;
  now(): Date;
}

export interface Analysis {
  /** Absent when the predictions could not be read. */
  report?: DriftReport;
  /** Where the report is kept; empty when it could not be kept. */
  addresses: string[];
  /** Absent when the report is not in MLflow. */
  tracked?: TrackedReport;
  /** The message that was sent; absent when drift neither began nor ended. */
  alert?: Alert;
  parts: PartOutcome[];
}

/**
 * Creates the scheduled job: read the window and its reference, judge it, keep and track the report, emit its metrics, raise
 * an alert, then maintain the log. A part that fails is reported and does not stop the others; nothing is thrown.
 */
export function createAnalyse(
  dependencies: AnalyseDependencies,
): (selection: WindowSelection) => Promise<Analysis> {
  const { settings, log, now } = dependencies;

  return async (selection) => {
    const parts = createJobParts(log);
    const read = await parts.run("read_predictions", () => dependencies.readWindow(selection));
    const reported = read === undefined ? {} : await reportOn(read, parts);
    const { maintain } = dependencies;
    if (maintain !== undefined)
      await parts.run("maintain_inference_log", async () =>
        log.info("Inference log maintained", { result: await maintain() }),
      );
    await parts.run("emit_job_metrics", () => dependencies.emitJobMetrics(parts.countFailures()));
    return { addresses: [], ...reported, parts: parts.outcomes };
  };

  async function reportOn(
    { window, reading, realised }: DriftWindow,
    parts: ReturnType<typeof createJobParts>,
  ) {
    const found = await parts.run("find_reference", () => dependencies.findReference(window.servingVersion));
    const { reference, note } = found ?? { note: { code: "unread" as const } };
    const report = judgeWindow(window, settings, now(), {
      ...{ reading, reference, realised },
      referenceNote: note,
      isReferenceUnread: found === undefined,
    });
    logVerdict(report);
    const files = renderReportFiles(report);
    const addresses = (await parts.run("keep_report", () => dependencies.keepReport(report, files))) ?? [];
    const { trackReport, raiseAlert } = dependencies;
    const tracked = trackReport && (await parts.run("track_report", () => trackReport(report, files)));
    await parts.run("emit_report_metrics", () => dependencies.emitReportMetrics(report));
    const links = tracked === undefined ? addresses.slice(0, 1) : [tracked.url];
    const alert = raiseAlert && (await parts.run("raise_alert", () => raiseAlert(report, links)));
    return { report, addresses, ...(tracked && { tracked }), ...(alert && { alert }) };
  }

  function logVerdict(report: DriftReport): void {
    const details = {
      verdict: report.verdict,
      severity: report.severity,
      causes: report.causes.map(({ name }) => name),
      indicators: report.indicators.filter((indicator) => indicator.drifted),
      predictions: report.window.recent_prediction_count,
      ...(report.window.broken_lines > 0 && { broken_lines: report.window.broken_lines }),
    };
    if (report.drift_detected) log.warn("Drift detected", details);
    else if (report.verdict === "ok") log.info("No drift detected", details);
    else if (
      report.reference === null &&
      report.window.recent_prediction_count >= settings.minimumPredictions
    )
      log.info("Not judged without the reference, which could not be read", details);
    else log.info("Too few predictions to judge", details);
  }
}
