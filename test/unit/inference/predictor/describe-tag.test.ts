import { expect, it } from "vitest";
import { newVersion } from "../../../../shared/inference/name-version.ts";
import { describeTag } from "../../../../shared/inference/predictor/describe-tag.ts";

const describe = (version: string, source: "mlflow_registry" | "local_file" = "mlflow_registry") =>
  describeTag({ name: "eyes", version, source }, "value_range", "0,1");

it("declares a field of a registered version by a tag", () => {
  expect(describe("7")).toBe(
    'mlflow.MlflowClient().set_model_version_tag("eyes", "7", "value_range", "0,1")',
  );
});

it("declares a field of a version that is being registered from a file in its contract", () => {
  expect(describe(newVersion)).toBe('{"value_range":"0,1"} in model-contract.json beside its file');
});

it("is not known for the packaged model", () => {
  expect(describe("2", "local_file")).toBeUndefined();
});
