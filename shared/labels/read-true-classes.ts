import type { StoreLocation } from "../aws/store-location.ts";
import type { PredictionRecord } from "../schemas/inference-record.ts";
import { createLabelStore } from "./label-store.ts";

/**
 * Reads the clinicians' labels of predictions, by prediction id.
 *
 * @throws StorageError when S3 cannot be read
 */
export async function readTrueClasses(
  location: StoreLocation,
  records: readonly PredictionRecord[],
): Promise<Map<string, string>> {
  const [first, last] = [records[0], records.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const labels = await createLabelStore(location).readPeriod({
    sinceMs: first.timestamp_ms,
    untilMs: last.timestamp_ms,
  });
  return new Map(labels.map(({ prediction_id, label }) => [prediction_id, label]));
}
