import type { ObjectStore } from "../../shared/aws/object-store.ts";
import type { ReportFile } from "../../shared/report-runs/report-run.ts";
import type { DriftReport } from "../../shared/schemas/drift-report.ts";
import { driftReportsFolder } from "../../shared/schemas/kept-by-drift.ts";
import { dayLengthMs, hourLengthMs } from "../../shared/time/durations.ts";

const writeTimeoutMs = 10_000;

/**
 * Writes a report beside the inference log, whether or not MLflow can be reached:
 * `drift-reports/date=2026-11-25/2026-11-25T12-00-00.000Z/drift-report.html` and `.json`. A report on a window that somebody
 * chose goes under `drift-reports/chosen/date=...`: it says nothing of the service's present state, which the dashboard and
 * `npm run doctor` read from the others.
 *
 * @returns the addresses, `s3://...`
 */
export async function keepReport(
  report: DriftReport,
  files: readonly ReportFile[],
  { store, bucket, prefix }: { store: Pick<ObjectStore, "putObject">; bucket: string; prefix: string },
): Promise<string[]> {
  const date = report.drift_timestamp.slice(0, 10);
  const kind = isOfSchedule(report) ? "" : "chosen/";
  const folder = `${driftReportsFolder(prefix)}${kind}date=${date}/${report.drift_timestamp.replaceAll(":", "-")}/`;
  return Promise.all(
    files.map(async ({ name, contentType, text }) => {
      await store.putObject(bucket, folder + name, text, { contentType, timeoutMs: writeTimeoutMs });
      return `s3://${bucket}/${folder}${name}`;
    }),
  );
}

/** Whether the window is what the schedules examine: the last predictions of the whole service, or its last 24 hours. */
function isOfSchedule({ drift_timestamp, settings, window: { selection } }: DriftReport): boolean {
  const { count, from_ms: fromMs, to_ms: toMs, model_version, session, deployment } = selection;
  if ([model_version, session, deployment].some((filter) => filter !== null)) return false;
  if (toMs === null) return fromMs === null && count === settings.window_size;
  const isRecent = Date.parse(drift_timestamp) - toMs < 2 * hourLengthMs;
  return fromMs !== null && toMs - fromMs === dayLengthMs && isRecent;
}
