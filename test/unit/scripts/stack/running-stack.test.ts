import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { takeOwnership } from "../../../../scripts/stack/processes/owner.ts";
import {
  findClientEnvironment,
  joinRunningStack,
  pickClientSettings,
  saveClientEnvironment,
} from "../../../../scripts/stack/running-stack.ts";

const directory = mkdtempSync(path.join(tmpdir(), "running-stack-"));
const addresses = { MLFLOW_TRACKING_URI: "http://stack.test" };
let release: () => void;
beforeAll(async () => {
  release = await takeOwnership(directory);
});
afterAll(() => {
  release();
  rmSync(directory, { recursive: true });
});

test.each([
  [
    "takes both from the start",
    { MODEL_ALIAS: "" },
    { MLFLOW_MODEL_NAME: "retina", MODEL_ALIAS: "champion" },
  ],
  ["keeps its own name", { MLFLOW_MODEL_NAME: "own" }, { MODEL_ALIAS: "champion" }],
  [
    "keeps its own stage, over which an alias would win",
    { MODEL_STAGE: "Staging" },
    { MLFLOW_MODEL_NAME: "retina" },
  ],
])("of the model that a running start serves, a command %s", (_, own, taken) => {
  const start = {
    MLFLOW_MODEL_NAME: "retina",
    MODEL_ALIAS: "champion",
    MODEL_VERSION: "",
    LOG_LEVEL: "DEBUG",
  };
  saveClientEnvironment(directory, { ...addresses, ...pickClientSettings(start, 8081) });
  expect(findClientEnvironment(directory, own)).toEqual({ ...addresses, ...taken, PORT: "8081" });
});

describe("a command joins the running stack", () => {
  const stack = {
    MLFLOW_TRACKING_URI: "http://stack.test",
    INFERENCE_LOG_BUCKET: "inference-log",
    PHOTOGRAPH_BUCKET: "photographs",
    AWS_REGION: "us-east-1",
  };
  const join = (needed: string[], own: Record<string, string>) => {
    saveClientEnvironment(directory, stack);
    joinRunningStack(needed, directory, own);
    return own;
  };

  test("where its environment names no servers, whatever keys and region it has", () => {
    expect(join(["PHOTOGRAPH_BUCKET"], { AWS_REGION: "sa-east-1", MLFLOW_TRACKING_URI: "" })).toEqual(stack);
  });

  test("not where its environment names what it needs", () => {
    const own = { PHOTOGRAPH_BUCKET: "prod-photographs", AWS_REGION: "sa-east-1" };
    expect(join(["PHOTOGRAPH_BUCKET"], { ...own })).toEqual(own);
  });

  test.each([
    ["MLFLOW_TRACKING_URI", "PHOTOGRAPH_BUCKET"],
    ["INFERENCE_LOG_BUCKET", "MLFLOW_TRACKING_URI"],
    ["INFERENCE_LOG_BUCKET", "AWS_ENDPOINT_URL_S3"],
  ])("not beside other servers: it asks for %s, because %s is set", (missing, said) => {
    const own = { [said]: "https://prod.test", AWS_REGION: "sa-east-1" };
    expect(() => join([missing], own)).toThrow(
      `Expected ${missing} to be set, too, because the environment names servers of its own (${said}). Unset those`,
    );
    expect(own).toEqual({ [said]: "https://prod.test", AWS_REGION: "sa-east-1" });
  });

  test("not where none is running", () => {
    const own = { PHOTOGRAPH_BUCKET: "prod-photographs" };
    joinRunningStack(["MLFLOW_TRACKING_URI"], path.join(directory, "none"), own);
    expect(own).toEqual({ PHOTOGRAPH_BUCKET: "prod-photographs" });
  });
});
