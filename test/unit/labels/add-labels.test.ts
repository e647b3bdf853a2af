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
