import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { parquetReadObjects } from "hyparquet";
import { type BasicType, parquetWriteBuffer } from "hyparquet-writer";
import { type LogLine, parseLogLine } from "../log-lines.ts";
import { type ColumnType, recordColumn, toColumns } from "./log-table.ts";

const parquetTypes: Record<ColumnType, BasicType> = {
  string: "STRING",
  double: "DOUBLE",
  int: "INT32",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP",
};
const rowGroupSize = 10_000;

/** A Parquet file with the columns of the log's table, compressed with Zstandard; Athena and DuckDB can read it. */
export function renderParquet(lines: readonly LogLine[]): Uint8Array {
  const columnData = toColumns(lines).map(({ name, type, values }) => ({
    name,
    type: parquetTypes[type],
    nullable: true,
    data:
      type === "timestamp"
        ? values.map((value) => (value === null ? null : new Date(Number(value))))
        : values,
  }));
  const file = parquetWriteBuffer({
    columnData,
    codec: "ZSTD",
    compressors: { ZSTD: (bytes) => new Uint8Array(zstdCompressSync(bytes)) },
    rowGroupSize,
    createdBy: "fundus-lambda",
  });
  return new Uint8Array(file);
}

/** A file of the table that is cut off, or is not a Parquet file. */
export class DamagedTableError extends Error {
  override name = "DamagedTableError";
}

/**
 * The lines that a file was rendered from.
 *
 * @param predictionIds when given, the lines of these predictions alone: two short columns say which they are, and no
 *   other is parsed
 * @throws DamagedTableError when it is not a Parquet file of the log, or not a whole one
 */
export function parseParquet(bytes: Uint8Array, predictionIds?: readonly string[]): Promise<LogLine[]> {
  return readLines(bytes, predictionIds).catch(throwDamaged);
}

/**
 * The ids of a file's records; no record is parsed.
 *
 * @throws DamagedTableError when it is not a Parquet file of the log, or not a whole one
 */
export async function parseRecordIds(bytes: Uint8Array): Promise<string[]> {
  const rows = await createColumnReader(bytes)(["record_id"]).catch(throwDamaged);
  return rows.flatMap(({ record_id: id }) => (typeof id === "string" ? id : []));
}

function throwDamaged(error: Error): never {
  throw new DamagedTableError(`Expected a whole Parquet file: ${error.message}`, { cause: error });
}

function createColumnReader(bytes: Uint8Array) {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return async (columns: string[], part: { rowStart?: number; rowEnd?: number } = {}) =>
    parquetReadObjects({
      file,
      columns,
      ...part,
      compressors: { ZSTD: (compressed) => new Uint8Array(zstdDecompressSync(compressed)) },
    });
}

async function readLines(bytes: Uint8Array, predictionIds?: readonly string[]): Promise<LogLine[]> {
  const read = createColumnReader(bytes);
  const toLine = (row: Record<string, unknown>) => parseLogLine(String(row[recordColumn]));
  if (predictionIds === undefined) return (await read([recordColumn])).map(toLine);
  const wanted = new Set<unknown>(predictionIds);
  const positions = (await read(["kind", "prediction_id"])).flatMap((row, position) =>
    row.kind === "prediction" && wanted.has(row.prediction_id) ? position : [],
  );
  const [rowStart, last] = [positions[0], positions.at(-1)];
  if (rowStart === undefined || last === undefined) return [];
  const rows = await read([recordColumn], { rowStart, rowEnd: last + 1 });
  return positions.flatMap((position) => {
    const row = rows[position - rowStart];
    return row === undefined ? [] : toLine(row);
  });
}
