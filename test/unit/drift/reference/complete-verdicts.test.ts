import { expect, it } from "vitest";
import {
  completeVerdicts,
  parseComparedRecords,
} from "../../../../shared/drift/reference/reference-window.ts";

const probabilities = { a: 0.9, b: 0.52 };
const complete = (row: object) =>
  completeVerdicts(parseComparedRecords(JSON.stringify({ probabilities, ...row }), "window"))[0];

it.each([
  ["nothing but probabilities", {}, { predicted_classes: ["a", "b"], confidence: 52 }],
  ["its own confidence", { confidence: 90 }, { predicted_classes: ["a", "b"], confidence: 90 }],
  ["its own classes", { predicted_classes: ["a"] }, { predicted_classes: ["a"], confidence: 52 }],
  [
    "both of its own",
    { predicted_classes: ["a"], confidence: 61 },
    { predicted_classes: ["a"], confidence: 61 },
  ],
])("completes a row that has %s, and changes nothing that it has", (_name, row, expected) => {
  expect(complete({ predicted_class: "a", ...row })).toMatchObject({ predicted_class: "a", ...expected });
});
