import { execFile } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";
import { useSharedStack } from "../../support/stack.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";
import { createWorkplace } from "../tracking/workplace.ts";

const stack = useSharedStack();
const command = path.resolve(import.meta.dirname, "../../../scripts/fundus.mjs");

function runCommand(environment: Record<string, string>, ...words: string[]) {
  const env = { PATH: process.env.PATH, NODE_NO_WARNINGS: "1", ...environment };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [command, "drift", ...words], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

it("prints the verdict, the indicators and where the report is, with progress on stderr", async () => {
  const workplace = createWorkplace(stack);
  const tracker = workplace.createTracker();
  for (let index = 0; index < 60; index += 1) {
    await tracker.trackPrediction(
      createPredictionEvent({ confidence: 55, predicted_class: `class ${index % 4}` }),
    );
  }
  await tracker.close();

  const { code, stdout, stderr } = await runCommand({
    ...stack.env,
    MLFLOW_EXPERIMENT_NAME: workplace.experimentName,
    INFERENCE_LOG_PREFIX: workplace.location.prefix,
  });

  expect(code).toBe(0);
  expect(stdout).toMatch(/^\nDrift: the model has become unsure/);
  expect(stdout).toMatch(/low_average_confidence +55% +drift: below 60%/);
  expect(stdout).toMatch(/imbalanced_class_distribution +25% +ok: not above 80%/);
  const run = (await workplace.findRuns()).find(({ info }) => info.run_name?.startsWith("drift_report_"));
  expect(stdout).toContain(
    `Report in MLflow: ${stack.mlflowUrl}/#/experiments/${run?.info.experiment_id}/runs/${run?.info.run_id}/artifacts/drift-report.html`,
  );
  expect(stdout).toContain(`s3://${stack.inferenceLogBucket}/${workplace.location.prefix}drift-reports/`);
  expect(stdout).not.toContain("_aws");
  expect(stderr).toMatch(/Examining the predictions[\s\S]*read_predictions[\s\S]*track_report/);
});

it("answers a program in JSON", async () => {
  const workplace = createWorkplace(stack);
  const { code, stdout } = await runCommand(
    {
      ...stack.env,
      MLFLOW_EXPERIMENT_NAME: workplace.experimentName,
      INFERENCE_LOG_PREFIX: workplace.location.prefix,
    },
    "--json",
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    report: { verdict: "insufficient_data", drift_detected: false },
    addresses: expect.any(Array),
    parts: expect.arrayContaining([{ name: "read_predictions", succeeded: true }]),
  });
});

it("says what failed, and ends with 1", async () => {
  const { code, stdout } = await runCommand({ ...stack.env, AWS_SECRET_ACCESS_KEY: "wrong" });
  expect(code).toBe(1);
  expect(stdout).toMatch(/Failed: read_predictions: .*SignatureDoesNotMatch/);
});

it("explains itself, and refuses what it does not know", async () => {
  expect((await runCommand({}, "--help")).stdout).toMatch(/^Usage: npm run drift/);
  const wrong = await runCommand({}, "--now");
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/--now[\s\S]*Usage: npm run drift/);
});
