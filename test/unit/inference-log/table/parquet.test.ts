import { zstdDecompressSync } from "node:zlib";
import { parquetReadObjects } from "hyparquet";
import { expect, it } from "vitest";
import { parseLogLine, renderLogLine } from "../../../../shared/inference-log/log-lines.ts";
import {
  DamagedTableError,
  parseParquet,
  renderParquet,
} from "../../../../shared/inference-log/table/parquet.ts";
import { createPredictionEvent } from "../../../support/tracking-events.ts";
import { createTestSession } from "../../tracking/test-session.ts";

const record = createTestSession().recordPrediction(createPredictionEvent());
const texts = [renderLogLine(record).trim(), "broken"];
const bytes = renderParquet(texts.map(parseLogLine));

it("tells when each record was written as a time, and of a broken line nothing but its text", async () => {
  const rows = await parquetReadObjects({
    file: bytes.buffer.slice(0) as ArrayBuffer,
    columns: ["recorded_at", "kind", "record"],
    compressors: { ZSTD: (compressed) => new Uint8Array(zstdDecompressSync(compressed)) },
  });
  expect(rows).toEqual([
    { recorded_at: new Date(record.timestamp_ms), kind: "prediction", record: texts[0] },
    { recorded_at: null, kind: null, record: "broken" },
  ]);
});

it("gives back the lines, also from bytes in the middle of a larger buffer", async () => {
  const larger = new Uint8Array(bytes.length + 20);
  larger.set(bytes, 10);
  const lines = await parseParquet(larger.subarray(10, 10 + bytes.length));
  expect(lines.map(({ text }) => text)).toEqual(texts);
});

it.each([
  ["is empty", new Uint8Array()],
  ["is cut off", bytes.slice(0, -20)],
  ["is no Parquet file", Buffer.from("a line of text, longer than the ends of such a file")],
])("says so where a file %s", async (_what, damaged) => {
  const reading = parseParquet(damaged);
  await expect(reading).rejects.toThrow(DamagedTableError);
  await expect(reading).rejects.toThrow("Expected a whole Parquet file");
});
