import { parseJson } from "../../shared/aws/parse-json.ts";
import type { StoreLocation } from "../../shared/aws/store-location.ts";
import { mapInParallel } from "../../shared/resilience/in-parallel.ts";
import type { Dashboard } from "../../shared/schemas/dashboard.ts";
import { driftReportsFolder, keptVerdictSchema } from "../../shared/schemas/kept-by-drift.ts";
import { dayLengthMs } from "../../shared/time/durations.ts";
import { isoDay } from "../../shared/time/iso-day.ts";

const shownDays = 30;
const maximumParallelReads = 16;
const keyPattern = /drift-reports\/date=(\d{4}-\d{2}-\d{2})\/[^/]+\/drift-report\.json$/;

/** Reads the last verdict of each of the last 30 days, with one listing and one read per day however often drift is examined. */
export async function readVerdicts(
  { store, bucket, prefix }: StoreLocation,
  nowMs: number,
): Promise<Dashboard["verdicts"]> {
  const folder = driftReportsFolder(prefix);
  const startAfter = `${folder}date=${isoDay(nowMs - (shownDays - 1) * dayLengthMs)}`;
  const days = new Map<string, { key: string; reports: number }>();
  for await (const { key } of store.listObjects(bucket, { prefix: folder, startAfter })) {
    const [, day] = keyPattern.exec(key) ?? [];
    if (day !== undefined) days.set(day, { key, reports: (days.get(day)?.reports ?? 0) + 1 });
  }
  const verdicts = await mapInParallel([...days], maximumParallelReads, async ([day, { key, reports }]) => {
    const object = await store.getObject(bucket, key);
    if (object === undefined) return [];
    const report = keptVerdictSchema.parse(parseJson(object.bytes));
    return [{ day, at: report.drift_timestamp, verdict: report.verdict, reports }];
  });
  return verdicts.flat();
}
