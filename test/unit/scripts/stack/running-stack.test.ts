import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { takeOwnership } from "../../../../scripts/stack/owner.ts";
import {
  findClientEnvironment,
  pickModelChoice,
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
  const start = { MLFLOW_MODEL_NAME: "retina", MODEL_ALIAS: "champion", MODEL_VERSION: "", PORT: "3000" };
  saveClientEnvironment(directory, { ...addresses, ...pickModelChoice(start) });
  expect(findClientEnvironment(directory, own)).toEqual({ ...addresses, ...taken });
});
