import { expect, it } from "vitest";
import { readCopiedLabels } from "../../../shared/labels/copied-labels.ts";
import { createLabelStore } from "../../../shared/labels/label-store.ts";
import { dayLengthMs } from "../../../shared/time/durations.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { predictionOf } from "./prediction-of.ts";

const nowMs = Date.parse("2026-11-28T12:00:00Z");
const period = { sinceMs: nowMs - 180 * dayLengthMs, untilMs: nowMs };
const copyKey = "p/learning/labels.jsonl";

/** Labels of so many predictions, one per day, and a third of them corrected. */
async function createLabels(count: number) {
  const store = createMemoryStore();
  const location = { store, bucket: "log", prefix: "p/" };
  const labels = createLabelStore(location);
  const add = (day: number, label: string) =>
    labels.add({
      prediction: predictionOf(nowMs - day * dayLengthMs),
      ...{ label, labelledBy: "ana", source: "api", nowMs },
    });
  const added = [];
  for (let day = 0; day < count; day += 1) added.push(await add(day, "normal"));
  for (const { record } of added.filter((_, day) => day % 3 === 0)) {
    const prediction = predictionOf(record.prediction.timestamp_ms, { prediction_id: record.prediction_id });
    await labels.add({ prediction, label: "glaucoma", labelledBy: "ana", source: "api", nowMs });
  }
  const counts = { lists: 0 };
  const { listPage } = store;
  store.listPage = (...parameters) => {
    counts.lists += 1;
    return listPage.call(store, ...parameters);
  };
  store.reads.length = 0;
  /** What the store gives, without the time that a copy does not need. */
  const readAll = async () =>
    (await labels.readPeriod(period)).map(({ first_labelled_ms: _, ...record }) => record);
  return { store, labels, counts, add, readAll, read: () => readCopiedLabels(location, period) };
}

it("gives what the store gives, and reads each label once", async () => {
  const { store, add, read, readAll, counts } = await createLabels(30);
  const first = await read();
  expect(first).toEqual(await readAll());
  expect(first.filter(({ label }) => label === "glaucoma")).toHaveLength(10);

  await add(3, "cataract");
  store.reads.length = 0;
  counts.lists = 0;
  const second = await read();

  expect(second).toHaveLength(31);
  expect(store.reads).toHaveLength(2);
  expect(counts.lists).toBe(1);
  expect(second).toEqual(await readAll());
});

it("leaves out a label that was deleted, and what is older than the period", async () => {
  const { store, labels, read, readAll } = await createLabels(200);
  expect(await read()).toHaveLength(181);
  const [, deleted] = await labels.listPeriod(period);
  store.objects.delete(deleted?.key ?? "");

  expect(await read()).toEqual(await readAll());

  expect(store.objects.get(copyKey)?.trim().split("\n")).toHaveLength(180);
});

it("reads a label again that was deleted and given anew, under the same key", async () => {
  const { store, labels, add, read, readAll } = await createLabels(0);
  const { record } = await add(1, "normal");
  expect(await read()).toMatchObject([{ label: "normal" }]);
  const [deleted] = await labels.listPeriod(period);
  store.objects.delete(deleted?.key ?? "");
  const prediction = predictionOf(record.prediction.timestamp_ms, { prediction_id: record.prediction_id });

  await labels.add({ prediction, label: "glaucoma", labelledBy: "ben", source: "api", nowMs });

  expect(await labels.listPeriod(period)).toMatchObject([{ key: deleted?.key }]);
  expect(await read()).toEqual(await readAll());
  expect(await read()).toMatchObject([{ label: "glaucoma", labelled_by: "ben" }]);
});

it("reads the labels again where the copy is damaged, and writes nothing where there are none", async () => {
  const { store, read, readAll } = await createLabels(5);
  await read();
  store.objects.set(copyKey, `{"prediction_id":\n${store.objects.get(copyKey)?.split("\n")[0]}\n`);
  expect(await read()).toEqual(await readAll());

  const none = await createLabels(0);
  expect(await none.read()).toEqual([]);
  expect([...none.store.objects.keys()]).toEqual([]);
});
