import { expect, it } from "vitest";
import { addLabels } from "../../../shared/labels/add-labels.ts";
import { createLabelStore } from "../../../shared/labels/label-store.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { predictionOf } from "./prediction-of.ts";

const first = predictionOf(1_000);
const second = predictionOf(2_000);
const rows = [
  { prediction_id: first.prediction_id, label: "glaucoma", labelled_by: "ana" },
  { prediction_id: second.prediction_id.toUpperCase(), label: "normal", labelled_by: "" },
  { prediction_id: second.prediction_id, label: "cataract", labelled_by: "bruno" },
  { prediction_id: "photograph", label: "normal" },
  { prediction_id: predictionOf(3_000).prediction_id, label: "normal" },
  { prediction_id: first.prediction_id, label: "Normal" },
  { prediction_id: first.prediction_id },
];

it("adds the labels of a file, names the lines it cannot add, and changes nothing the second time", async () => {
  const labels = createLabelStore({ store: createMemoryStore(), bucket: "log", prefix: "" });
  const add = () =>
    addLabels(rows, {
      findPrediction: async (id) => [first, second].find(({ prediction_id }) => prediction_id === id),
      labels,
      defaultAuthor: "labels.csv (op)",
    });
  const outcome = await add();
  expect(outcome).toMatchObject({ added: 3, unchanged: 0 });
  expect(outcome.refused.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
    "4: Expected a prediction_id, a UUID, but received photograph",
    expect.stringMatching(/^5: No record of prediction/),
    expect.stringMatching(/^6: Expected one of cataract, .* but received Normal$/),
    "7: Expected a label but received none",
  ]);
  expect(await add()).toMatchObject({ added: 0, unchanged: 3 });
  const history = await labels.readHistory(second.prediction_id);
  expect(history.map(({ label, labelled_by, source }) => [label, labelled_by, source])).toEqual([
    ["normal", "labels.csv (op)", "file"],
    ["cataract", "bruno", "file"],
  ]);
});

it("tells of every label that is stored, also of those that an earlier run added", async () => {
  const labels = createLabelStore({ store: createMemoryStore(), bucket: "log", prefix: "" });
  const add = async () => {
    const told: string[] = [];
    await addLabels(rows.slice(0, 2), {
      findPrediction: async (id) => (id === first.prediction_id ? first : second),
      labels,
      defaultAuthor: "op",
      onLabel: async (id) => {
        told.push(id);
      },
    });
    return told.sort();
  };
  const ids = [first.prediction_id, second.prediction_id];
  expect(await add()).toEqual(ids);
  expect(await add()).toEqual(ids);
});

it("names what is not a row by its number, and adds the others", async () => {
  const labels = createLabelStore({ store: createMemoryStore(), bucket: "log", prefix: "" });
  const outcome = await addLabels(
    ['{"prediction_id": "01a2', 5, null, { prediction_id: "", label: "normal" }, rows[0]],
    { findPrediction: async () => first, labels, defaultAuthor: "op" },
  );
  expect(outcome.added).toBe(1);
  expect(outcome.refused.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
    expect.stringMatching(/^1: Expected JSON such as .* but received {"prediction_id": "01a2$/),
    expect.stringMatching(/^2: Expected JSON such as .* but received 5$/),
    expect.stringMatching(/^3: Expected JSON such as .* but received null$/),
    "4: Expected a prediction_id, a UUID, but received none",
  ]);
});

it("adds labels of several predictions at once, those of one in the order of the file", async () => {
  const labels = createLabelStore({ store: createMemoryStore(), bucket: "log", prefix: "" });
  let waiting = 0;
  let most = 0;
  const outcome = await addLabels(
    ["normal", "glaucoma", "cataract"].flatMap((label, index) =>
      [first, second].map(({ prediction_id }) => ({ prediction_id, label, labelled_by: `person ${index}` })),
    ),
    {
      findPrediction: async (id) => {
        most = Math.max(most, ++waiting);
        await new Promise((resolve) => setTimeout(resolve, 5));
        waiting -= 1;
        return id === first.prediction_id ? first : second;
      },
      labels,
      defaultAuthor: "op",
    },
  );
  expect(outcome).toEqual({ added: 6, unchanged: 0, refused: [] });
  expect(most).toBe(2);
  const history = await labels.readHistory(second.prediction_id);
  expect(history.map(({ label }) => label)).toEqual(["normal", "glaucoma", "cataract"]);
});

it("takes the last row of one person who changed their mind back, also when the file is added again", async () => {
  const labels = createLabelStore({ store: createMemoryStore(), bucket: "log", prefix: "" });
  const add = (...given: string[]) =>
    addLabels(
      given.map((label) => ({ prediction_id: first.prediction_id, label })),
      { findPrediction: async () => first, labels, defaultAuthor: "ana" },
    );
  const read = async () => (await labels.readHistory(first.prediction_id)).map(({ label }) => label);
  expect(await add("normal", "glaucoma", "normal")).toMatchObject({ added: 3, unchanged: 0 });
  expect(await add("normal", "glaucoma", "normal")).toMatchObject({ added: 0, unchanged: 3 });
  expect(await read()).toEqual(["normal", "glaucoma", "normal"]);
  // What was corrected since is not brought back by the file that it corrected.
  expect(await add("cataract")).toMatchObject({ added: 1 });
  expect(await add("normal", "glaucoma", "normal")).toMatchObject({ added: 0, unchanged: 3 });
  expect((await read()).at(-1)).toBe("cataract");
});

it("looks for predictions in the order of their times, so that those of one hour come together", async () => {
  const looked: string[] = [];
  const ids = ["b", "c", "a"].map((digit) => `019ac2fb-c4d8-7b51-9a55-0c3a5b0f6c1${digit}`);
  await addLabels(
    ids.map((prediction_id) => ({ prediction_id, label: "normal" })),
    {
      findPrediction: async (id) => {
        looked.push(id);
        return undefined;
      },
      labels: createLabelStore({ store: createMemoryStore(), bucket: "log", prefix: "" }),
      defaultAuthor: "op",
    },
  );
  expect(looked).toEqual([...ids].sort());
});
