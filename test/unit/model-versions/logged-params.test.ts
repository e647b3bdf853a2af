import { expect, test } from "vitest";
import { renderParams } from "../../../shared/model-versions/logged-params.ts";
import { createContract } from "../../support/create-predictor.ts";

const contract = createContract({ labels: ["a", "b"] });
const paramsOf = (labels: string) => renderParams({ contract, contractBy: { labels }, engine: "onnx" });

test("labels that were declared are a param of the logged model", () => {
  expect(paramsOf("model-contract.json")).toEqual([
    { key: "class_names", value: '["a","b"]' },
    { key: "tried_on", value: "onnx" },
  ]);
});

test("labels that were only assumed are none, because a param declares them", () => {
  expect(paramsOf("assumed")).toEqual([{ key: "tried_on", value: "onnx" }]);
});
