import { randomUUID } from "node:crypto";
import { openStorage } from "../../shared/aws/open-storage.ts";
import { parseJson } from "../../shared/aws/parse-json.ts";
import type { StoreLocation } from "../../shared/aws/store-location.ts";
import {
  driftReportsFolder,
  driftReportsOfDay,
  keptVerdictSchema,
} from "../../shared/schemas/kept-by-drift.ts";
import { dayLengthMs, hourLengthMs } from "../../shared/time/durations.ts";
import { isoDay } from "../../shared/time/iso-day.ts";
import type { RegistryConnection } from "../registry/connect-registry.ts";
import { checkSubject, type Finding, healthy, unhealthy } from "./finding.ts";

const timeoutMs = 5_000;
/** The drift job runs every hour unless DRIFT_RATE says otherwise, and makes a report of the day in any case. */
const longestWithoutDriftReportHours = 26;

/** Checks whether objects in the inference log's bucket can be written, read, listed and deleted, and what the last drift report says. */
export async function checkStorage(connection: RegistryConnection, startCommand: string): Promise<Finding[]> {
  const { location } = openStorage(connection.storage);
  if (location === undefined) {
    const remedy = "Set INFERENCE_LOG_BUCKET to the bucket of the inference log";
    return [unhealthy("S3", "INFERENCE_LOG_BUCKET is not set: no prediction is recorded", remedy)];
  }
  const remedy = `${startCommand}; on AWS the credentials need s3:GetObject, PutObject, DeleteObject and ListBucket on ${location.bucket}`;
  const rights = await checkSubject("S3", remedy, () => tryRights(location));
  if (rights.some((finding) => !finding.healthy)) return rights;
  const drift = await checkSubject("Last drift report", "npm run drift", () => readLastReport(location));
  return [...rights, ...drift];
}

async function tryRights({ store, bucket, prefix }: StoreLocation): Promise<Finding> {
  const key = `${prefix}doctor/${randomUUID()}`;
  const text = "written by npm run doctor";
  await store.putObject(bucket, key, text, { timeoutMs });
  try {
    const read = await store.getObject(bucket, key, { timeoutMs });
    if (new TextDecoder().decode(read?.bytes) !== text)
      throw new Error(`Expected s3://${bucket}/${key} to hold what was written but it holds something else`);
    await store.listPage(bucket, { prefix: key });
  } finally {
    await store.deleteObjects(bucket, [key], { timeoutMs });
  }
  return healthy("S3", `objects in ${bucket} can be written, read, listed and deleted`);
}

/** Each day's reports are in a folder of their own. */
async function readLastReport({ store, bucket, prefix }: StoreLocation): Promise<Finding> {
  const subject = "Last drift report";
  const days = [0, 1, 2].map((ago) => isoDay(Date.now() - ago * dayLengthMs));
  for (const day of days) {
    let last: string | undefined;
    for await (const { key } of store.listObjects(bucket, { prefix: driftReportsOfDay(prefix, day) })) {
      if (key.endsWith("drift-report.json")) last = key;
    }
    if (last === undefined) continue;
    const object = await store.getObject(bucket, last, { timeoutMs });
    const report = keptVerdictSchema.parse(parseJson(object?.bytes));
    const hours = (Date.now() - Date.parse(report.drift_timestamp)) / hourLengthMs;
    const detail = `${report.verdict}, ${report.drift_timestamp} (s3://${bucket}/${last})`;
    if (report.verdict === "drift")
      return unhealthy(subject, detail, "npm run drift says what to look at first");
    if (hours <= longestWithoutDriftReportHours) return healthy(subject, detail);
    return unhealthy(
      subject,
      `${detail}: more than a day ago`,
      "npm run drift, and find out why the schedule did not run",
    );
  }
  const { objects } = await store.listPage(bucket, { prefix: `${driftReportsFolder(prefix)}date=` });
  if (objects.length === 0) return healthy(subject, "none yet; npm run drift writes the first one");
  return unhealthy(
    subject,
    "none in the last three days",
    "npm run drift, and find out why the schedule did not run",
  );
}
