import { zstdDecompressSync } from "node:zlib";
import { parquetReadObjects } from "hyparquet";
import { expect, it } from "vitest";
import { parseLogLine, renderLogLine } from "../../../../shared/inference-log/log-lines.ts";
import {
  DamagedTableError,
  parseParquet,
  renderParquet,
} from "../../../../shared/inference-log/table/parquet.ts";
import type { InferenceLogRecord } from "../../../../shared/schemas/inference-record.ts";
import { createTestSession } from "../../../support/test-session.ts";
import { createPredictionEvent } from "../../../support/tracking-events.ts";

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

it("gives back the line of one prediction, and parses no other", async () => {
  const session = createTestSession();
  const ids = [1, 2, 3, 4].map((number) => `0d7544ff-622c-435e-8f8a-79a82a09000${number}`);
  const records = ids
    .slice(0, 3)
    .map((id) => session.recordPrediction(createPredictionEvent({ prediction_id: id })));
  const shadow = { ...records[1], kind: "shadow" } as unknown as InferenceLogRecord;
  const lines = [shadow, ...records].map((each) => ({ text: renderLogLine(each).trim(), record: each }));
  const table = renderParquet([parseLogLine("broken"), ...lines]);
  const of = (...wanted: (string | undefined)[]) => parseParquet(table, wanted.map(String));
  expect(await of(ids[1])).toEqual([{ text: lines[2]?.text, record: records[1] }]);
  expect((await of(ids[2], ids[3], ids[0])).map(({ record }) => record)).toEqual([records[0], records[2]]);
  expect(await of(ids[3])).toEqual([]);
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
