import { expect, it } from "vitest";
import { createLogBuffer, type LogBufferOptions } from "../../../shared/inference-log/log-buffer.ts";
import { renderLogLine } from "../../../shared/inference-log/log-lines.ts";
import { createTestSession, testStartMs } from "../../support/test-session.ts";
import { createErrorEvent } from "../../support/tracking-events.ts";

/** Its line has more bytes than characters. */
const record = createTestSession().recordError(createErrorEvent({ request_id: "requisição" }));
const line = renderLogLine(record);
const lineBytes = Buffer.byteLength(line);

function createTestBuffer(limits: Partial<LogBufferOptions> = {}) {
  return createLogBuffer({
    prefix: "",
    sessionId: "s",
    maximumLength: 10_000_000,
    maximumBatchBytes: 10_000_000,
    ...limits,
  });
}

/** How many records each batch has, until none is left. */
function takeAll(buffer: ReturnType<typeof createTestBuffer>): number[] {
  const sizes: number[] = [];
  while (buffer.size() > 0 && sizes.length < 100) sizes.push(buffer.takeBatch()?.size ?? 0);
  return sizes;
}

it.each([
  ["exactly two lines", 2 * lineBytes, [2, 2, 1]],
  ["a byte less", 2 * lineBytes - 1, [1, 1, 1, 1, 1]],
  ["less than a line, which then goes alone", lineBytes - 1, [1, 1, 1, 1, 1]],
])("makes batches of no more bytes than are allowed: %s", (_name, maximumBatchBytes, sizes) => {
  const buffer = createTestBuffer({ maximumBatchBytes });
  for (let index = 0; index < 5; index += 1) void buffer.add(record);
  expect(takeAll(buffer)).toEqual(sizes);
});

it("puts at most a thousand records into a batch", () => {
  const buffer = createTestBuffer();
  for (let index = 0; index < 2_001; index += 1) void buffer.add(record);
  expect(takeAll(buffer)).toEqual([1_000, 1_000, 1]);
});

it("numbers a session's batches from 1, and has none when nothing waits", () => {
  const buffer = createTestBuffer({ maximumBatchBytes: lineBytes });
  void buffer.add(record);
  void buffer.add(record);
  const names = [buffer.takeBatch(), buffer.takeBatch()].map((batch) => batch?.key.split("/").at(-1));
  expect(names).toEqual(["143000001-s-1-p0.jsonl", "143000001-s-2-p0.jsonl"]);
  expect(buffer.takeBatch()).toBeUndefined();
});

it("gives a batch the time of its newest record, in whatever order they came", () => {
  const buffer = createTestBuffer();
  for (const laterMs of [0, 2_500, 1_000])
    void buffer.add({ ...record, timestamp_ms: testStartMs + laterMs });
  expect(buffer.takeBatch()?.key).toMatch(/\/143002500-s-1-p0\.jsonl$/);
});

it("drops the oldest records beyond its limit, not at it, and says that they are not written", async () => {
  const buffer = createTestBuffer({ maximumLength: 2 * line.length });
  const answers = [buffer.add(record), buffer.add(record)];
  expect(buffer.dropped()).toBe(0);
  answers.push(buffer.add(record));
  expect([buffer.dropped(), buffer.size()]).toEqual([1, 2]);

  buffer.takeBatch()?.settle(true);
  expect(await Promise.all(answers)).toEqual([false, true, true]);
});
