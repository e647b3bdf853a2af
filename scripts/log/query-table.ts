import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { renderParquet } from "../../shared/inference-log/table/parquet.ts";

export interface QueryResult {
  columns: string[];
  rows: unknown[][];
}

/**
 * Runs one SQL statement over the files of a folder, as the table `inference_log`, with the embedded DuckDB. Athena answers
 * the same statement over the same files in S3.
 *
 * @throws Error with DuckDB's message about the statement
 */
export async function queryTable(folder: string, sql: string): Promise<QueryResult> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  await writeEmptyFile(folder);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(describeTable(folder));
    const reader = await connection.runAndReadAll(sql);
    return { columns: reader.columnNames(), rows: reader.getRowsJson() };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Adds Athena's names of two functions. A record that was compacted while it was copied is in two files and counted once. */
const describeTable = (folder: string) => `
  SET TimeZone = 'UTC';
  CREATE MACRO json_extract_scalar(document, path) AS json_extract_string(document, path);
  CREATE MACRO approx_percentile(x, share) AS approx_quantile(x, share);
  CREATE VIEW inference_log AS
  SELECT * FROM read_parquet('${join(folder, "**", "*.parquet").replaceAll("'", "''")}', union_by_name = true,
    hive_partitioning = true, hive_types = {'date': VARCHAR, 'hour': VARCHAR})
  QUALIFY record_id IS NULL OR row_number() OVER (PARTITION BY record_id) = 1;`;

/** Writes a file without rows, so that the columns are known even when nothing has been recorded. */
async function writeEmptyFile(folder: string): Promise<void> {
  const path = join(folder, "date=1970-01-01", "hour=00");
  await mkdir(path, { recursive: true });
  await writeFile(join(path, "empty.parquet"), renderParquet([]));
}
