import { expect, it } from "vitest";
import { compactObjects } from "../../../shared/inference-log/compact.ts";
import { parseLogKey, startOfHour } from "../../../shared/inference-log/log-keys.ts";
import { parseLogLines, renderLogLine } from "../../../shared/inference-log/log-lines.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { createHealthEvent, createPredictionEvent } from "../../support/tracking-events.ts";
import { createTestSession, testStartMs } from "../tracking/test-session.ts";

const hourMs = startOfHour(testStartMs);

function createTestObjects() {
  const session = createTestSession();
  const records = [
    session.recordPrediction(createPredictionEvent()),
    session.recordHealthCheck(createHealthEvent()),
    session.recordPrediction(createPredictionEvent()),
  ];
  const [first, second, third] = records.map(renderLogLine);
  const texts = { "raw-b": `${third}broken\n`, "raw-a": `${first}${second}`, "raw-c": `${second}` };
  const store = createMemoryStore();
  for (const [key, text] of Object.entries(texts)) store.objects.set(key, text);
  const objects = Object.entries(texts).map(([key, text]) => ({
    key,
    lines: parseLogLines(Buffer.from(text)),
  }));
  return { location: { store, bucket: "bucket", prefix: "" }, store, objects, lines: [first, second, third] };
}

it("makes one object of many: each record once, oldest first, broken lines kept", async () => {
  const { location, store, objects, lines } = createTestObjects();

  const key = await compactObjects(location, hourMs, objects);

  expect([...store.objects]).toEqual([[key, `${lines.join("")}broken\n`]]);
  expect(parseLogKey(key)).toMatchObject({ compacted: true, predictions: 2, hourMs });
});

it("loses nothing when it is cut off before the small objects are deleted, and then does the same again", async () => {
  const { location, store, objects, lines } = createTestObjects();
  const { deleteObjects } = store;
  store.deleteObjects = async () => {
    throw new Error("cut off");
  };
  await expect(compactObjects(location, hourMs, objects)).rejects.toThrow("cut off");
  expect(store.objects.size).toBe(4);

  store.deleteObjects = deleteObjects;
  await compactObjects(location, hourMs, objects.toReversed());

  expect([...store.objects.values()]).toEqual([`${lines.join("")}broken\n`]);
});

it("deletes nothing when the one object cannot be written", async () => {
  const { location, store, objects } = createTestObjects();
  store.putObject = async () => {
    throw new Error("refused");
  };

  await expect(compactObjects(location, hourMs, objects)).rejects.toThrow("refused");
  expect(store.objects.size).toBe(3);
});
