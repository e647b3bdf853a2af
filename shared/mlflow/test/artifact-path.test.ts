import { expect, it } from "vitest";
import { artifactPath } from "../index.ts";

it.each([
  ["mlflow-artifacts:/1/models/m-1/artifacts", "1/models/m-1/artifacts"],
  ["mlflow-artifacts://mlflow.example:5000/1/r/artifacts/model", "1/r/artifacts/model"],
  ["1/r/artifacts/eye: left.jpg", "1/r/artifacts/eye: left.jpg"],
  ["/1/r", "1/r"],
])("%s lies at %s", (artifactUri, expected) => {
  expect(artifactPath(artifactUri)).toBe(expected);
});

it("refuses an address that the proxy does not serve", () => {
  expect(() => artifactPath("s3://bucket/key")).toThrow(
    "Expected an mlflow-artifacts: address for artifactUri but received a s3: address",
  );
});
