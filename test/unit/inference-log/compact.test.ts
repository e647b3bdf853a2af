import { expect, it } from "vitest";
import { compactObjects } from "../../../shared/inference-log/compact.ts";
import { compactWithJournal, finishCompaction } from "../../../shared/inference-log/compaction-journal.ts";
import { readHourSummaries } from "../../../shared/inference-log/hour-summaries.ts";
import { parseLogKey, startOfHour } from "../../../shared/inference-log/log-keys.ts";
import { parseLogLine, parseLogLines, renderLogLine } from "../../../shared/inference-log/log-lines.ts";
import { parseParquet } from "../../../shared/inference-log/table/parquet.ts";
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

const tableKeys = (store: { objects: Map<string, string> }) =>
  [...store.objects.keys()].filter((key) => key.endsWith(".parquet"));

async function readTable({ store }: ReturnType<typeof createTestObjects>): Promise<string[]> {
  const texts: string[] = [];
  for (const key of tableKeys(store)) {
    const object = await store.getObject("bucket", key);
    texts.push(...(await parseParquet(object?.bytes ?? new Uint8Array())).map(({ text }) => text));
  }
  return texts;
}

it("makes one file of many objects: each record once, oldest first, broken lines kept", async () => {
  const prepared = createTestObjects();
  const { location, store, objects, lines } = prepared;

  const [key = ""] = await compactObjects(location, hourMs, objects);

  expect([...store.objects.keys()]).toEqual([
    key.replace("table", "summaries").replace("parquet", "json"),
    key,
  ]);
  expect(await readTable(prepared)).toEqual([...lines.map((line) => line?.trim()), "broken"]);
  expect(parseLogKey(key)).toMatchObject({ compacted: true, predictions: 2, hourMs });
});

it("writes the summary that drift is judged by beside it", async () => {
  const { location, objects } = createTestObjects();
  await compactObjects(location, hourMs, objects);

  const period = { sinceMs: testStartMs, untilMs: testStartMs + 1 };
  const [hour, ...others] = await readHourSummaries(location, period);
  expect(hour).toMatchObject({ hourMs, summary: { groups: [{ predictions: 2 }] } });
  expect(others).toEqual([]);
  expect(await readHourSummaries(location, { sinceMs: hourMs - 3_600_000, untilMs: hourMs })).toEqual([]);
  expect(
    await readHourSummaries(location, { sinceMs: hourMs + 3_600_000, untilMs: hourMs + 7_200_000 }),
  ).toEqual([]);
});

it("divides what Firehose delivered by the hours of its records", async () => {
  const { location, store } = createTestObjects();
  const sessions = [createTestSession(hourMs + 3_599_990), createTestSession(hourMs + 3_600_000)];
  const lines = sessions.map((session) =>
    parseLogLine(JSON.stringify(session.recordPrediction(createPredictionEvent()))),
  );
  await compactObjects(location, hourMs, [{ key: "delivered", lines }]);

  expect(tableKeys(store).map((key) => parseLogKey(key)?.hourMs)).toEqual([hourMs, hourMs + 3_600_000]);
});

it.each(["putObject", "deleteObjects"] as const)(
  "has each record once in the table although it is cut off at %s and more came meanwhile",
  async (step) => {
    const prepared = createTestObjects();
    const { location, store, objects, lines } = prepared;
    const work = store[step];
    let calls = 0;
    Object.assign(store, {
      [step]: async (...parameters: never[]) => {
        calls += 1;
        if (step === "putObject" && calls < 3) return (work as (...p: never[]) => unknown)(...parameters);
        throw new Error("cut off");
      },
    });
    await expect(compactWithJournal(location, hourMs, objects)).rejects.toThrow("cut off");
    Object.assign(store, { [step]: work });
    store.objects.set("raw-d", `${lines[0]}`);

    await finishCompaction(location);

    expect((await readTable(prepared)).sort()).toEqual(
      [...lines.map((line) => line?.trim()), "broken"].sort(),
    );
    expect([...store.objects.keys()].filter((key) => !key.startsWith("inference-log/"))).toEqual(["raw-d"]);
    expect(store.objects.has("inference-log/compacting.json")).toBe(false);
  },
);

it("deletes what is left when it was cut off while it deleted", async () => {
  const prepared = createTestObjects();
  const { location, store, objects } = prepared;
  const { deleteObjects } = store;
  store.deleteObjects = async (bucket, keys) => {
    await deleteObjects(bucket, keys.slice(0, 1));
    throw new Error("cut off");
  };
  await expect(compactWithJournal(location, hourMs, objects)).rejects.toThrow("cut off");
  store.deleteObjects = deleteObjects;

  await finishCompaction(location);

  expect([...store.objects.keys()].filter((key) => key.startsWith("raw-"))).toEqual([]);
  expect(await readTable(prepared)).toHaveLength(4);
});

it("deletes nothing when the one object cannot be written", async () => {
  const { location, store, objects } = createTestObjects();
  store.putObject = async () => {
    throw new Error("refused");
  };

  await expect(compactObjects(location, hourMs, objects)).rejects.toThrow("refused");
  expect(store.objects.size).toBe(3);
});
