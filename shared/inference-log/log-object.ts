import type { StoreLocation } from "../aws/store-location.ts";
import { type LogLine, parseLogLines } from "./log-lines.ts";
import { parseParquet } from "./table/parquet.ts";

/**
 * The lines of one object of the log, in whichever format it was written.
 *
 * @param predictionIds when only the lines of these predictions are wanted, so that the others need not be parsed
 * @returns undefined when there is no such object: its records are now in a compacted one
 * @throws StorageError when S3 cannot be read
 */
export async function readLogObject(
  { store, bucket }: StoreLocation,
  key: string,
  predictionIds?: readonly string[],
): Promise<LogLine[] | undefined> {
  const object = await store.getObject(bucket, key);
  if (object === undefined) return undefined;
  return key.endsWith(".parquet")
    ? parseParquet(object.bytes, predictionIds)
    : parseLogLines(object.bytes, predictionIds);
}
