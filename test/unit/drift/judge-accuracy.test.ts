import { expect, it } from "vitest";
import { estimateAccuracy } from "../../../shared/drift/judge-accuracy.ts";
import { parseReferenceWindow } from "../../../shared/drift/reference/reference-window.ts";
import { summariseRecords } from "../../../shared/drift/summary/hour-summary.ts";
import { windowOfRecords } from "../../../shared/drift/window/window-of-records.ts";
import { createSummaryWindow } from "../../../shared/drift/window/window-of-summaries.ts";
import { simulateRecords } from "../../bench/drift/simulated-clinic.ts";
import { createRandom } from "../../support/random.ts";

const random = createRandom(4);
/** Of a model that is entirely sure of three answers in four, and right about 60 %. */
const answers = Array.from({ length: 600 }, (_, index) => {
  const highest = random() < 0.75 ? 1 - random() * 1e-5 : 0.5 + random() / 2;
  return { highest, label: index % 5 < 3 ? "normal" : "glaucoma" };
});
const reference = parseReferenceWindow(
  answers
    .map(({ highest, label }) =>
      JSON.stringify({ probabilities: { normal: highest, glaucoma: 1 - highest }, label }),
    )
    .join("\n"),
  "labelled.jsonl",
);
const records = simulateRecords(600, { photographsPerPatient: 1, sharedPart: 0 }, 2).map((record, index) => ({
  ...record,
  // As in answers, with two decimals.
  confidence: Math.round((answers[index]?.highest ?? 0) * 10_000) / 100,
}));

function summarise() {
  const window = createSummaryWindow({}, 70);
  window.add(JSON.parse(JSON.stringify(summariseRecords(records))));
  const finished = window.finish();
  if (finished === undefined) throw new Error("Expected predictions");
  return finished;
}

it.each([
  ["records", () => windowOfRecords(records, 70)],
  ["summaries", summarise],
])("estimates by threshold the accuracy of a model that is nearly always sure, from %s", (_, create) => {
  const estimate = estimateAccuracy(create(), reference.rows);
  expect(estimate?.reference).toBeCloseTo(0.6, 12);
  expect(estimate?.by_threshold?.value).toBeCloseTo(0.6, 10);
});
