import { openStorage } from "../../shared/aws/open-storage.ts";
import { computeLogComparison } from "../../shared/comparison/comparison-report.ts";
import { readRecords } from "../../shared/inference-log/read-window.ts";
import { createLabelStore } from "../../shared/labels/label-store.ts";
import { testEndedTag } from "../../shared/registry/experiment-tags.ts";
import { readHistory } from "../../shared/registry/read-history.ts";
import { resolveVersion } from "../../shared/registry/resolve-version.ts";
import type { ComparisonReport } from "../../shared/schemas/comparison-report.ts";
import { dayLengthMs } from "../../shared/time/durations.ts";
import type { RegistryConnection } from "../registry/connect-registry.ts";
import { parseOnePointer } from "../registry/parse-pointer.ts";

/** Only the newest records are read: they fit into memory and are enough for any test that is still of interest. */
const maximumRecords = 300_000;

/**
 * Compares two versions by their records in the inference log and by labels.
 *
 * @throws ModelError when the registry has no such version
 */
export async function compareByLog(
  connection: RegistryConnection,
  name: string,
  versions: readonly [string, string],
  days: number,
): Promise<ComparisonReport> {
  const { mlflow, model } = connection;
  const [, second] = await Promise.all(versions.map((version) => resolveVersion(mlflow, name, { version })));
  const location = openStorage(connection.storage).requireLocation();
  const nowMs = Date.now();
  const sinceMs = nowMs - days * dayLengthMs;
  const [log, labels] = await Promise.all([
    readRecords(location, { sinceMs, nowMs, maximumObjects: 100_000, maximumRecords }),
    createLabelStore(location).readPeriod({ sinceMs, untilMs: nowMs }),
  ]);
  const ofModel = log.records.filter((record) => "model" in record && record.model.name === name);
  const oldestMs = log.records[0]?.timestamp_ms ?? sinceMs;
  return computeLogComparison(
    {
      predictions: ofModel.filter((record) => record.kind === "prediction"),
      shadows: ofModel.filter((record) => record.kind === "shadow"),
      labels: new Map(labels.map(({ prediction_id: id, label }) => [id, label])),
    },
    versions,
    {
      model: name,
      compared_at: new Date(nowMs).toISOString(),
      period: {
        from: new Date(log.isComplete ? sinceMs : oldestMs).toISOString(),
        to: new Date(nowMs).toISOString(),
        complete: log.isComplete,
      },
      history: await readHistory(connection, name, parseOnePointer({}, model)),
      ended: second?.tags[testEndedTag],
    },
  );
}
