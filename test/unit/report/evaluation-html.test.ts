import { expect, it } from "vitest";
import { computeEvaluationReport } from "../../../shared/evaluation/evaluation-report.ts";
import { renderEvaluationHtml } from "../../../shared/report/evaluation-html.ts";
import { evaluationReportSchema } from "../../../shared/schemas/evaluation-report.ts";
import { labels, photographsOf } from "../evaluation/answers-of.ts";

const report = computeEvaluationReport({
  model: { name: "eye-disease-model", version: "7", source: "mlflow_registry", engine: "onnx" },
  labels,
  photographs: [
    ...photographsOf("clinic <A>", ["glaucoma", 0.97], ["glaucoma", 0.2], ["normal", 0.4]),
    ...photographsOf("clinic B", ["normal", 0.1]),
  ],
  unanswered: [{ file: "broken & cut.jpg", reason: "Expected a whole photograph" }],
  evaluatedAt: new Date("2026-11-28T08:00:00Z"),
  confidentFrom: 0.9,
  bootstrap: { replicates: 50, seed: 1 },
});
const page = renderEvaluationHtml(report);

it("is a report as the schema describes it", () => {
  expect(evaluationReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

it("distinguishes what one source and class was called, and classes within a source", () => {
  expect(report.sources.map(({ source, label, called }) => [source, label, called])).toEqual([
    ["clinic <A>", "glaucoma", [0.5, 0.5]],
    ["clinic <A>", "normal", [0, 1]],
    ["clinic B", "normal", [0, 1]],
  ]);
  expect(report.pairs.map(({ source, labels, auc }) => [source, labels, auc.value])).toEqual([
    ["clinic <A>", ["glaucoma", "normal"], 0.5],
  ]);
});

it("shows the figures with their intervals, every source, and what was not answered", () => {
  expect(page).toContain("accuracy 0.75 (");
  expect(page).toContain("clinic &lt;A&gt;");
  expect(page).not.toContain("clinic <A>");
  expect(page).toContain("broken &amp; cut.jpg");
  expect(page).toContain(
    "4 photographs of 4 patients, 1 not answered; evaluated 2026-11-28 08:00 UTC with onnx",
  );
  expect(page).not.toContain("a patient of its own");
  // None is without width: `bootstrap.ts` computes those otherwise.
  expect(page).not.toContain("no width:");
  expect(page).toContain("Wilson's for the number of patients");
});

it("says so where no patient is named", () => {
  const unnamed = renderEvaluationHtml({ ...report, patients_named: false });
  expect(unnamed).toContain("4 photographs of patients who are not named, 1 not answered;");
  expect(unnamed).toContain("Each photograph counts as a patient of its own");
});

it("needs nothing from elsewhere", () => {
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<link|src=|url\(|NaN|undefined/);
});
