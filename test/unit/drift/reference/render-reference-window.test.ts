import { expect, it } from "vitest";
import { renderReferenceWindow } from "../../../../shared/drift/reference/render-reference-window.ts";
import { createPredictionRecords } from "../../../support/prediction-records.ts";

it("keeps of past predictions what is compared, and nothing by which a request could be found", () => {
  const records = createPredictionRecords(100).map((record) => ({ ...record, label: "normal" }));
  const [first = ""] = renderReferenceWindow(records).split("\n");
  expect(Object.keys(JSON.parse(first)).sort()).toEqual(
    expect.arrayContaining(["confidence", "label", "model_version", "predicted_class", "probabilities"]),
  );
  for (const part of ["timestamp_ms", "record_id", "prediction_id", "request_id", "session_id"])
    expect(first).not.toContain(part);
});
