import { describe, expect, it } from "vitest";
import { createLabelStore, orderByFirstLabel } from "../../../shared/labels/label-store.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { predictionOf } from "./prediction-of.ts";

const madeMs = Date.parse("2026-11-28T14:59:12.345Z");
const nowMs = madeMs + 3 * 24 * 3_600_000;

function createLabels() {
  const store = createMemoryStore();
  return { store, labels: createLabelStore({ store, bucket: "log", prefix: "p/" }) };
}

const labelOf = (label: string, labelledBy = "ana") => ({
  prediction: predictionOf(madeMs, { prediction_id: "019aca81-7539-7b51-9a55-0c3a5b0f6c11" }),
  label,
  labelledBy,
  source: "api" as const,
  nowMs,
});

describe("a label", () => {
  it("lies under the day of its prediction, with what was answered", async () => {
    const { store, labels } = createLabels();
    const { record, isNew } = await labels.add(labelOf("glaucoma"));
    expect(isNew).toBe(true);
    expect([...store.objects.keys()]).toEqual([
      `p/labels/date=${dayOf(record.prediction_id)}/${record.prediction_id}-0001.json`,
    ]);
    expect(record).toMatchObject({
      revision: 1,
      label: "glaucoma",
      labelled_by: "ana",
      labelled_ms: nowMs,
      prediction: { predicted_class: "normal", model: { version: "3" } },
    });
    expect(record.prediction).not.toHaveProperty("session_id");
  });

  it("that comes again from the same person changes nothing", async () => {
    const { store, labels } = createLabels();
    const first = await labels.add(labelOf("glaucoma"));
    const again = await labels.add({ ...labelOf("glaucoma"), nowMs: nowMs + 1 });
    expect(again).toEqual({ record: first.record, previous: undefined, isNew: false });
    expect(store.objects.size).toBe(1);
  });

  it("of another person, and a correction, stand in the history; the last one counts", async () => {
    const { labels } = createLabels();
    await labels.add(labelOf("glaucoma"));
    await labels.add(labelOf("glaucoma", "bruno"));
    const corrected = await labels.add(labelOf("normal", "bruno"));
    expect(corrected.previous?.label).toBe("glaucoma");
    const history = await labels.readHistory(corrected.record.prediction_id);
    expect(history.map(({ revision, label, labelled_by }) => [revision, label, labelled_by])).toEqual([
      [1, "glaucoma", "ana"],
      [2, "glaucoma", "bruno"],
      [3, "normal", "bruno"],
    ]);
    const inPeriod = await labels.readPeriod({ sinceMs: 0, untilMs: nowMs });
    expect(inPeriod.map(({ label }) => label)).toEqual(["normal"]);
  });

  it("of two people at once are both kept", async () => {
    const { labels } = createLabels();
    await Promise.all([labels.add(labelOf("glaucoma", "ana")), labels.add(labelOf("normal", "bruno"))]);
    const history = await labels.readHistory(labelOf("").prediction.prediction_id);
    expect(history.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(history.map(({ labelled_by }) => labelled_by).sort()).toEqual(["ana", "bruno"]);
  });
});

describe("the labels of a period", () => {
  it("keep the order in which predictions got their first one, whatever was corrected since", async () => {
    const { labels } = createLabels();
    const made = [0, 1, 2].map((hours) => predictionOf(madeMs + hours * 3_600_000));
    const order = [2, 0, 1];
    for (const [minutes, index] of order.entries())
      await labels.add({
        ...{ ...labelOf("normal"), nowMs: nowMs + minutes },
        prediction: made[index] as (typeof made)[0],
      });
    await labels.add({
      ...{ ...labelOf("glaucoma"), nowMs: nowMs + 9 },
      prediction: made[2] as (typeof made)[0],
    });
    const current = await labels.readPeriod({ sinceMs: madeMs, untilMs: nowMs });
    expect(current.map(({ first_labelled_ms: firstMs }) => firstMs - nowMs)).toEqual([1, 2, 0]);
    expect([...orderByFirstLabel(current)]).toEqual(
      order.map((index) => [made[index]?.prediction_id, index === 2 ? "glaucoma" : "normal"]),
    );
  });

  it("are those of its predictions, whenever they came; what is not a label is skipped", async () => {
    const { store, labels } = createLabels();
    for (const days of [0, 1, 5]) {
      const prediction = predictionOf(madeMs + days * 24 * 3_600_000);
      await labels.add({ ...labelOf("normal"), prediction });
    }
    store.objects.set("p/labels/date=2026-11-28/notes.txt", "hello");
    store.objects.set("p/labels/date=2026-11-28/019aca81-7539-7b51-9a55-0c3a5b0f6c99-0001.json", "{");
    const found = await labels.readPeriod({ sinceMs: madeMs, untilMs: madeMs + 2 * 24 * 3_600_000 });
    expect(found).toHaveLength(2);
  });
});

function dayOf(predictionId: string): string {
  return new Date(Number.parseInt(predictionId.replace("-", "").slice(0, 12), 16)).toISOString().slice(0, 10);
}
