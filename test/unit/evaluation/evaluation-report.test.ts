import { expect, it } from "vitest";
import { computeEvaluationReport } from "../../../shared/evaluation/evaluation-report.ts";

const labels = ["cataract", "glaucoma", "normal"];

/** `count` photographs of a class, each of a patient of its own, all answered rightly. */
const rightAnswers = (label: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    file: `${label}/${index}.jpg`,
    source: "a",
    patient: `${label} ${index}`,
    label,
    probabilities: labels.map((name) => (name === label ? 0.8 : 0.1)),
  }));

it("counts for an AUC the patients of what it compares, not those of a smaller class beside it", () => {
  const photographs = [
    ...rightAnswers("cataract", 2),
    ...rightAnswers("glaucoma", 50),
    ...rightAnswers("normal", 50),
  ];
  const report = computeEvaluationReport({
    model: { name: "m", version: "1", source: "mlflow_registry", engine: "onnx" },
    labels,
    photographs,
    unanswered: [],
    evaluatedAt: new Date(0),
    confidentFrom: 0.7,
    bootstrap: { replicates: 20, seed: 1 },
  });
  // Wilson's intervals of 2 successes in 2 trials and of 50 in 50.
  const ofTwo = { value: 1, low: expect.closeTo(0.342, 3), high: 1 };
  const ofFifty = { value: 1, low: expect.closeTo(0.929, 3), high: 1 };
  expect(report.pairs.map(({ labels: pair, auc }) => [pair, auc])).toEqual([
    [["cataract", "glaucoma"], ofTwo],
    [["cataract", "normal"], ofTwo],
    [["glaucoma", "normal"], ofFifty],
  ]);
  expect(report.classes.map(({ label, auc }) => [label, auc])).toEqual([
    ["cataract", ofTwo],
    ["glaucoma", ofFifty],
    ["normal", ofFifty],
  ]);
});
