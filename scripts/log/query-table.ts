import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { renderParquet } from "../../shared/inference-log/table/parquet.ts";
import { UsageError } from "../cli/parse-command-line.mjs";

export interface QueryResult {
  columns: string[];
  rows: unknown[][];
}

/**
 * Runs one SQL statement over the files of a folder, as the table `inference_log`, with the embedded DuckDB. Athena answers
 * the same statement over the same files in S3. The statement can read no other file and cannot use the network. Columns that
 * share a name are numbered: `n` and `n:1`.
 *
 * @throws UsageError unless it is exactly one statement; Error with DuckDB's message about the statement
 */
export async function queryTable(folder: string, sql: string): Promise<QueryResult> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  await writeEmptyFile(folder);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(describeTable(folder));
    await expectOneStatement(connection, sql);
    const reader = await connection.runAndReadAll(sql);
    const types = reader.columnTypes().map(String);
    const rows = reader.getRowsJson().map((row) => row.map((value, index) => toNumber(value, types[index])));
    return { columns: reader.deduplicatedColumnNames(), rows };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** DuckDB's binding gives 64-bit integers, such as every count, as text; here they are numbers where a number can hold them. */
function toNumber(value: unknown, type: string | undefined): unknown {
  if (typeof value !== "string" || !/^U?(BIG|HUGE)INT$/.test(type ?? "")) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

async function expectOneStatement(connection: DuckDBConnection, sql: string): Promise<void> {
  const count = await countStatements(connection, sql);
  if (count !== 1)
    throw new UsageError(`Expected one statement for SQL but received ${count === 0 ? "none" : count}`);
}

async function countStatements(connection: DuckDBConnection, sql: string): Promise<number> {
  try {
    return (await connection.extractStatements(sql)).count;
  } catch (error) {
    // The binding says this of a text without a statement, such as a comment.
    if (error instanceof Error && error.message === "Error in native callback") return 0;
    throw error;
  }
}

/** Adds Athena's names of two functions. A record that was compacted while it was copied is in two files and counted once. */
const describeTable = (folder: string) => `
  SET TimeZone = 'UTC';
  SET temp_directory = ${quote(join(folder, "spill"))};
  SET allowed_directories = [${quote(folder)}];
  SET enable_external_access = false;
  SET lock_configuration = true;
  CREATE MACRO json_extract_scalar(document, path) AS json_extract_string(document, path);
  CREATE MACRO approx_percentile(x, share) AS approx_quantile(x, share);
  CREATE VIEW inference_log AS
  SELECT * FROM read_parquet(${quote(join(folder, "**", "*.parquet"))}, union_by_name = true,
    hive_partitioning = true, hive_types = {'date': VARCHAR, 'hour': VARCHAR})
  QUALIFY record_id IS NULL OR row_number() OVER (PARTITION BY record_id) = 1;`;

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Writes a file without rows, so that the columns are known even when nothing has been recorded. */
async function writeEmptyFile(folder: string): Promise<void> {
  const path = join(folder, "date=1970-01-01", "hour=00");
  await mkdir(path, { recursive: true });
  await writeFile(join(path, "empty.parquet"), renderParquet([]));
}
