import { openStorage } from "../aws/open-storage.ts";
import { computeLogComparison } from "../comparison/comparison-report.ts";
import { isOfTest } from "../comparison/judge-ab-test.ts";
import { parseTestSince } from "../comparison/test-since.ts";
import { readRecords } from "../inference-log/read-window.ts";
import { createLabelStore, orderByFirstLabel } from "../labels/label-store.ts";
import type { Pointer } from "../registry/pointers/pointer.ts";
import { readHistory } from "../registry/pointers/read-history.ts";
import { resolveVersion } from "../registry/resolve-version.ts";
import { testEndedTag } from "../schemas/challenger-state.ts";
import type { ComparisonReport } from "../schemas/comparison-report.ts";
import type { StorageSettings } from "../settings/storage.ts";
import { dayLengthMs } from "../time/durations.ts";
import type { ServiceRegistry } from "./service-registry.ts";

/** Only the newest records are read: they fit into memory and are enough for any test that is still of interest. */
const maximumRecords = 300_000;

/**
 * Compares two versions by their records in the inference log and by labels.
 *
 * @param days how many days of the log are read
 * @param pointer the one whose history is told
 * @throws ModelError when the registry has no such version
 */
export async function compareByLog(
  registry: Pick<ServiceRegistry, "mlflow" | "service"> & { storage: StorageSettings },
  name: string,
  versions: readonly [string, string],
  { days, pointer }: { days: number; pointer: Pointer },
): Promise<ComparisonReport> {
  const { mlflow } = registry;
  const [, second] = await Promise.all(versions.map((version) => resolveVersion(mlflow, name, { version })));
  const location = openStorage(registry.storage).requireLocation();
  const nowMs = Date.now();
  const sinceMs = nowMs - days * dayLengthMs;
  const [log, labels] = await Promise.all([
    readRecords(location, { sinceMs, nowMs, maximumObjects: 100_000, maximumRecords }),
    createLabelStore(location).readPeriod({ sinceMs, untilMs: nowMs }),
  ]);
  const oldestMs = log.records[0]?.timestamp_ms ?? sinceMs;
  return computeLogComparison(
    {
      predictions: log.records
        .filter((record) => record.kind === "prediction")
        .filter((record) => record.model.name === name || isOfTest(record, name, versions[1])),
      shadows: log.records
        .filter((record) => record.kind === "shadow")
        .filter(({ model }) => model.name === name),
      labels: orderByFirstLabel(labels),
      ...(second && { testSinceMs: parseTestSince(second, nowMs) }),
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
      history: await readHistory(registry, name, pointer),
      ended: second?.tags[testEndedTag],
    },
  );
}
