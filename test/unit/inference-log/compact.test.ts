import { expect, it } from "vitest";
import { compactObjects } from "../../../shared/inference-log/compact.ts";
import {
  compactWithJournal,
  finishCompaction,
  journalKey,
  readJournal,
} from "../../../shared/inference-log/compaction-journal.ts";
import { listSummaries, readSummaries } from "../../../shared/inference-log/hour-summaries.ts";
import {
  createLogKey,
  createSummaryKey,
  createTableKey,
  logPrefix,
  parseLogKey,
  startOfHour,
} from "../../../shared/inference-log/log-keys.ts";
import { parseLogLine, parseLogLines, renderLogLine } from "../../../shared/inference-log/log-lines.ts";
import { parseParquet } from "../../../shared/inference-log/table/parquet.ts";
import { endedTotalsKey } from "../../../shared/inference-log/totals/service-totals.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";
import { createTestSession, testStartMs } from "../../support/test-session.ts";
import { createErrorEvent, createHealthEvent, createPredictionEvent } from "../../support/tracking-events.ts";

const hourMs = startOfHour(testStartMs);
const rawKey = (sessionId: string) =>
  createLogKey("", { newestMs: testStartMs, sessionId, sequence: 1, predictions: 1 });
const isRaw = (key: string) => key.startsWith(logPrefix(""));

const totalsKey = endedTotalsKey("");
const tableKey = createTableKey("", { hourMs, newestMs: hourMs, hash: "ab", predictions: 1 });

function createTestObjects() {
  const session = createTestSession();
  const records = [
    session.recordPrediction(createPredictionEvent()),
    session.recordError(createErrorEvent()),
    session.recordPrediction(createPredictionEvent()),
  ];
  const [first, second, third] = records.map(renderLogLine);
  const texts = {
    [rawKey("b")]: `${third}broken\n`,
    [rawKey("a")]: `${first}${second}`,
    [rawKey("c")]: `${second}`,
  };
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
  const newestMs = parseLogLine(lines.at(-1) ?? "").record?.timestamp_ms;
  expect(parseLogKey(key)).toMatchObject({ compacted: true, predictions: 2, hourMs, newestMs });
});

it("leaves out records that are in the table already: their writer got no answer and wrote them again", async () => {
  const prepared = createTestObjects();
  const { location, store, objects, lines } = prepared;
  await compactObjects(location, hourMs, objects);
  const expected = await readTable(prepared);
  const files = tableKeys(store);
  const late = createTestSession(testStartMs + 1).recordPrediction(createPredictionEvent());
  const again = { key: rawKey("a"), lines: parseLogLines(Buffer.from(`${lines[0]}${lines[1]}`)) };

  expect(await compactObjects(location, hourMs, [again])).toEqual([]);
  expect(tableKeys(store)).toEqual(files);

  // By Firehose, with what came an hour later; a damaged file beside it changes nothing.
  store.objects.set(tableKey, "PAR1 and then nothing");
  const delivered = { key: "delivered", lines: [...again.lines, parseLogLine(renderLogLine(late).trim())] };
  await compactObjects(location, hourMs + 3_600_000, [delivered]);
  store.objects.delete(tableKey);
  expect((await readTable(prepared)).toSorted()).toEqual(
    [...expected, renderLogLine(late).trim()].toSorted(),
  );
});

it("makes the same file of the same objects, in whatever order they come", async () => {
  const { location, store, objects } = createTestObjects();
  await compactObjects(location, hourMs, objects);
  const files = new Map(store.objects);

  await compactObjects(location, hourMs, objects.toReversed());

  expect([...store.objects]).toEqual([...files]);
});

it("divides an hour of more records than one file may hold, and keeps each", async () => {
  const prepared = createTestObjects();
  const { location, store } = prepared;
  const record = createTestSession().recordHealthCheck(createHealthEvent());
  const texts = Array.from({ length: 25_001 }, (_, index) => `${index}`);
  const lines = texts.map((text) => ({ text, record: { ...record, record_id: text } }));

  const written = await compactObjects(location, hourMs, [{ key: "many", lines }]);

  expect(written).toHaveLength(2);
  expect(tableKeys(store)).toEqual(written);
  expect(await readTable(prepared)).toEqual(texts);
});

it("keeps health checks in a file of their own, so that readers of answers can skip them", async () => {
  const prepared = createTestObjects();
  const { location, store } = prepared;
  const session = createTestSession();
  const records = [
    session.recordHealthCheck(createHealthEvent()),
    session.recordPrediction(createPredictionEvent()),
    session.recordHealthCheck(createHealthEvent()),
  ];
  const lines = records.map((record) => ({ text: renderLogLine(record).trim(), record }));

  await compactObjects(location, hourMs, [{ key: "mixed", lines }]);

  const files = tableKeys(store).map((key) => parseLogKey(key));
  expect(files.map((file) => [file?.predictions, file?.isHealthOnly])).toEqual([
    [0, true],
    [1, false],
  ]);
  expect([...store.objects.keys()].filter((key) => key.includes("/summaries/"))).toHaveLength(1);
  expect((await readTable(prepared)).toSorted()).toEqual(lines.map(({ text }) => text).toSorted());
});

it("writes the summary that drift is judged by beside it", async () => {
  const { location, objects } = createTestObjects();
  await compactObjects(location, hourMs, objects);

  const listed = await listSummaries(location, { sinceMs: testStartMs, untilMs: testStartMs + 1 });
  const [hour, ...others] = await readSummaries(location, listed);
  expect(hour).toMatchObject({ hourMs, summary: { groups: [{ predictions: 2 }] } });
  expect(others).toEqual([]);
  expect(await listSummaries(location, { sinceMs: hourMs - 3_600_000, untilMs: hourMs })).toEqual([]);
  expect(await listSummaries(location, { sinceMs: hourMs + 3_600_000, untilMs: hourMs + 7_200_000 })).toEqual(
    [],
  );
});

it("leaves out the summaries that are damaged, or gone by the time they are read", async () => {
  const { location, store, objects } = createTestObjects();
  await compactObjects(location, hourMs, objects);
  const summaryKey = (hour: number) =>
    createSummaryKey("", { hourMs: hour, newestMs: hour, hash: "ab", predictions: 1 });
  store.objects.set(summaryKey(hourMs - 2 * 3_600_000), "{ cut off");
  store.objects.set(summaryKey(hourMs - 3_600_000), '{"format":2}');
  store.objects.set(summaryKey(hourMs + 3_600_000), "{}");
  const { getObject } = store;
  store.getObject = async (bucket, key) => {
    store.objects.delete(summaryKey(hourMs + 3_600_000));
    return getObject(bucket, key);
  };

  const period = { sinceMs: hourMs - 24 * 3_600_000, untilMs: hourMs + 24 * 3_600_000 };
  const listed = await listSummaries(location, period);
  expect(listed).toHaveLength(4);
  expect(await readSummaries(location, listed)).toMatchObject([
    { hourMs, summary: { groups: [{ predictions: 2 }] } },
  ]);
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

it("leaves no journal of a compaction that is done", async () => {
  const { location, store, objects } = createTestObjects();
  await compactWithJournal(location, hourMs, objects);
  expect([...store.objects.keys()].filter((key) => !/\/(table|summaries)\//.test(key))).toEqual([]);
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
    store.objects.set(rawKey("d"), `${lines[0]}`);

    await finishCompaction(location, createRecordedLog());

    expect((await readTable(prepared)).sort()).toEqual(
      [...lines.map((line) => line?.trim()), "broken"].sort(),
    );
    expect([...store.objects.keys()].filter(isRaw)).toEqual([rawKey("d")]);
    expect(store.objects.has("inference-log/compacting.json")).toBe(false);
  },
);

it("leaves nothing of what a version that named files otherwise had written before it was cut off", async () => {
  const { location, store, objects } = createTestObjects();
  const { deleteObjects } = store;
  store.deleteObjects = async () => {
    throw new Error("cut off");
  };
  await expect(compactWithJournal(location, hourMs, objects)).rejects.toThrow("cut off");
  store.deleteObjects = deleteObjects;
  const isOfTable = (key: string) => /\/(table|summaries)\//.test(key);
  const written = [...store.objects.keys()].filter(isOfTable).sort();
  for (const key of written) {
    store.objects.set(key.replace(/\d{9}-/, "000000123-"), store.objects.get(key) ?? "");
    store.objects.delete(key);
  }
  const ofOthers = tableKey.replace("-ab-", "-cd-");
  store.objects.set(ofOthers, "kept");

  await finishCompaction(location, createRecordedLog());

  expect([...store.objects.keys()].sort()).toEqual([...written, ofOthers].sort());
});

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

  await finishCompaction(location, createRecordedLog());

  expect([...store.objects.keys()].filter(isRaw)).toEqual([]);
  expect(await readTable(prepared)).toHaveLength(4);
});

it.each([
  ["a key outside the records", JSON.stringify({ hour_ms: hourMs, keys: [rawKey("gone"), totalsKey] })],
  ["a key of the table", JSON.stringify({ hour_ms: hourMs, keys: [rawKey("gone"), tableKey] })],
  ["no JSON", "{ cut off"],
])("follows no journal with %s: it says so, and the next compaction goes on", async (_name, journal) => {
  const { location, store, objects } = createTestObjects();
  for (const key of [totalsKey, tableKey]) store.objects.set(key, "kept");
  store.objects.set(journalKey(""), journal);
  const log = createRecordedLog();

  await finishCompaction(location, log);

  expect(store.objects.has(totalsKey) && store.objects.has(tableKey)).toBe(true);
  expect(log.lines).toMatchObject([{ level: "warn", details: { key: journalKey("") } }]);
  expect(await readJournal(location)).toBeUndefined();
  await compactWithJournal(location, hourMs, objects);
  expect(store.objects.has(journalKey(""))).toBe(false);
});

it("deletes nothing when the one object cannot be written", async () => {
  const { location, store, objects } = createTestObjects();
  store.putObject = async () => {
    throw new Error("refused");
  };

  await expect(compactObjects(location, hourMs, objects)).rejects.toThrow("refused");
  expect(store.objects.size).toBe(3);
});
