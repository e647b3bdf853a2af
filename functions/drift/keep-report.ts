import type { ObjectStore } from "../../shared/aws/object-store.ts";
import type { ReportFile } from "../../shared/report-runs/report-run.ts";
import type { DriftReport } from "../../shared/schemas/drift-report.ts";

const writeTimeoutMs = 10_000;

/**
 * Writes a report beside the inference log, whether or not MLflow can be reached:
 * `drift-reports/date=2026-11-25/2026-11-25T12-00-00.000Z/drift-report.html` and `.json`.
 *
 * @returns the addresses, `s3://...`
 */
export async function keepReport(
  report: DriftReport,
  files: readonly ReportFile[],
  { store, bucket, prefix }: { store: Pick<ObjectStore, "putObject">; bucket: string; prefix: string },
): Promise<string[]> {
  const date = report.drift_timestamp.slice(0, 10);
  const folder = `${prefix}drift-reports/date=${date}/${report.drift_timestamp.replaceAll(":", "-")}/`;
  return Promise.all(
    files.map(async ({ name, contentType, text }) => {
      await store.putObject(bucket, folder + name, text, { contentType, timeoutMs: writeTimeoutMs });
      return `s3://${bucket}/${folder}${name}`;
    }),
  );
}
