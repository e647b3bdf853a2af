import { expect, it } from "vitest";
import { isRepeatable } from "../../transport/is-repeatable.ts";

const at = (path: string) => `http://mlflow.example/prefix/api/2.0/mlflow/${path}`;

it.each([
  ["GET", "runs/get"],
  ["PUT", "anything"],
  ["DELETE", "model-versions/delete"],
  ["POST", "runs/search"],
  ["POST", "runs/log-batch"],
  ["POST", "runs/update"],
  ["POST", "registered-models/get-latest-versions"],
  ["POST", "registered-models/alias"],
  ["POST", "model-versions/transition-stage"],
  ["PATCH", "logged-models/m-1"],
  ["PATCH", "traces/tr-1/tags"],
])("%s %s may be sent twice", (method, path) => {
  expect(isRepeatable(method, at(path))).toBe(true);
});

it.each([
  ["POST", "runs/create"],
  ["POST", "experiments/create"],
  ["POST", "model-versions/create"],
  ["POST", "logged-models"],
  ["POST", "traces"],
  ["POST", "runs/log-inputs"],
  ["POST", "traces/delete-traces"],
  ["POST", "registered-models/rename"],
])("%s %s may not", (method, path) => {
  expect(isRepeatable(method, at(path))).toBe(false);
});
