import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { run as demo } from "../../../../scripts/demo.ts";
import { run as drift } from "../../../../scripts/drift.ts";
import { run as driftReference } from "../../../../scripts/drift-reference.ts";
import { run as evaluate } from "../../../../scripts/evaluate.ts";
import { run as keys } from "../../../../scripts/keys.ts";
import { run as restore } from "../../../../scripts/restore.ts";
import { run as retrain } from "../../../../scripts/retrain.ts";
import { run as testUnit } from "../../../../scripts/test-step.ts";

vi.hoisted(() => void vi.resetModules());
vi.mock("../../../../scripts/test/run-vitest.ts");
vi.mock("../../../../scripts/test/run-steps.ts");

const folder = mkdtempSync(path.join(tmpdir(), "refusals-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, "file");
writeFileSync(file, "");

const keysValues = { days: 90, rate: undefined, stage: undefined, json: undefined };
const evaluateValues = { labels: undefined, version: undefined, model: undefined, output: folder };
const driftValues = {
  ...{ count: undefined, from: undefined, to: undefined, last: undefined, replay: undefined },
  ...{ "model-version": undefined, session: undefined, deployment: undefined },
  ...{ reference: file, current: file, "fail-on-drift": undefined, json: undefined },
};
const referenceValues = {
  ...{ from: undefined, to: undefined, last: undefined, remove: undefined, json: undefined },
  ...{ "model-version": undefined, session: undefined, deployment: undefined },
};
const retrainValues = {
  ...{ now: undefined, program: "false", data: folder, work: folder, minutes: 1, "minutes-left-out": 0 },
  ...{ short: undefined, name: undefined, json: undefined },
};
const demoValues = { drift: "black", folder, address: undefined };

describe("before anything is asked or done, what was typed is refused by name", () => {
  it.each([
    [
      "an action that keys do not have",
      () => keys({ values: keysValues, operands: ["foo"] }, "keys"),
      "Expected list, add, rotate or revoke for ACTION but received foo",
    ],
    [
      "a name with which the list would be taken for that of one caller",
      () => keys({ values: keysValues, operands: ["list", "clinic"] }, "keys"),
      "Expected no NAME for list, which shows every key, but received clinic",
    ],
    ...(
      [
        ["count", 5],
        ["from", "2026-11-01"],
        ["to", "2026-11-01"],
        ["last", "1h"],
        ["model-version", "3"],
        ["session", "s"],
        ["deployment", "production"],
        ["replay", true],
      ] as const
    ).map(([name, value]): [string, () => Promise<void>, string] => [
      `files beside --${name}`,
      () => drift({ values: { ...driftValues, [name]: value }, operands: [] }, "drift"),
      `Expected --reference, which compares files, or --${name}, which is for the service's log, but received both`,
    ]),
    [
      "a span that is none, without a stack, too",
      () =>
        drift(
          { values: { ...driftValues, reference: undefined, current: undefined, last: "3x" }, operands: [] },
          "drift",
        ),
      "Expected a span such as 90m, 24h or 30d for --last but received 3x",
    ],
    [
      "a reference of no period",
      () => driftReference({ values: referenceValues, operands: [] }, "drift:reference"),
      "Expected --from TIME, --last SPAN or --remove but received none of them",
    ],
    [
      "a reference of a time that is none",
      () => driftReference({ values: { ...referenceValues, from: "soon" }, operands: [] }, "drift:reference"),
      "for --from but received soon",
    ],
    [
      "the removal of a reference together with a period",
      () =>
        driftReference(
          { values: { ...referenceValues, remove: true, last: "7d" }, operands: [] },
          "drift:reference",
        ),
      "Expected --remove or --last but received both",
    ],
    [
      "a backup that is not there",
      () => restore({ values: { json: undefined }, operands: [path.join(folder, "none.tar")] }, "restore"),
      "Expected the file of a backup but there is no file",
    ],
    [
      "a folder instead of a backup",
      () => restore({ values: { json: undefined }, operands: [folder] }, "restore"),
      "Expected the file of a backup but there is no file",
    ],
    [
      "an address that is none",
      () => demo({ values: { ...demoValues, address: "localhost:8080" }, operands: [] }, "demo"),
      "Expected an address such as http://localhost:8080 for --address but received localhost:8080",
    ],
    [
      "tests that are run again and again, and renew files at every change",
      () => testUnit({ values: { watch: true, update: true }, operands: [] }, "test:unit"),
      "Expected --watch or --update but received both",
    ],
    [
      "a version that is not a number",
      () => evaluate({ values: { ...evaluateValues, version: "x" }, operands: [folder] }, "evaluate"),
      "Expected the number of a version for --version but received x",
    ],
    [
      "an output that is a file",
      () => evaluate({ values: { ...evaluateValues, output: file }, operands: [folder] }, "evaluate"),
      `Expected a folder for --output but ${file} cannot be made one`,
    ],
    [
      "a training for a stage that no version can be moved to",
      () => {
        vi.stubEnv("MLFLOW_TRACKING_URI", "http://127.0.0.1:9");
        vi.stubEnv("INFERENCE_LOG_BUCKET", "log");
        vi.stubEnv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9");
        vi.stubEnv("MODEL_STAGE", "Archived");
        return retrain({ values: retrainValues, operands: [] }, "retrain");
      },
      "Expected Production or Staging for MODEL_STAGE but received Archived",
    ],
  ])("%s", async (_, call, message) => {
    await expect(call()).rejects.toThrow(message);
  });
});
