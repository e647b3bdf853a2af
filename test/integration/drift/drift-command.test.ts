import { execFile } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";
import { driftReportSchema } from "../../../shared/schemas/drift-report.ts";
import { useSharedStack } from "../../support/stack.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";
import { createWorkplace } from "../tracking/workplace.ts";

const stack = useSharedStack();
const command = path.resolve(import.meta.dirname, "../../../scripts/fundus.mjs");

const runCommand = (environment: Record<string, string>, ...words: string[]) =>
  runNamed("drift", environment, ...words);

function runNamed(name: string, environment: Record<string, string>, ...words: string[]) {
  const env = { PATH: process.env.PATH, NODE_NO_WARNINGS: "1", ...environment };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [command, name, ...words], { env }, (error, stdout, stderr) =>
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

it("judges beside a past time that was named as usual, replays it, and judges any span of it", async () => {
  const workplace = createWorkplace(stack);
  const environment = {
    ...stack.env,
    MLFLOW_EXPERIMENT_NAME: workplace.experimentName,
    INFERENCE_LOG_PREFIX: workplace.location.prefix,
  };
  const tracker = workplace.createTracker();
  const classes = ["cataract", "diabetic_retinopathy", "glaucoma", "normal"];
  for (let index = 0; index < 160; index += 1) {
    await tracker.trackPrediction(
      createPredictionEvent({ confidence: 62 + (index % 7), predicted_class: classes[index % 4] as string }),
    );
  }
  await tracker.close();
  const { id: session } = tracker.state().session;
  const report = async (...words: string[]) => {
    const { code, stdout, stderr } = await runCommand(environment, "--json", ...words);
    return { code, stderr, reports: [JSON.parse(stdout)].flat().map((one) => one.report ?? one) };
  };

  const before = await report("--fail-on-drift", "--session", session);
  expect(before.code).toBe(4);
  expect(before.reports[0]).toMatchObject({
    drift_detected: true,
    reference: null,
    window: { recent_prediction_count: 100 },
  });

  const named = await runNamed("drift:reference", environment, "--last", "1h", "--json");
  expect(JSON.parse(named.stdout)).toMatchObject({ predictions: 160, labels: 0 });
  const span = await report(
    ...["--fail-on-drift", "--last", "1h", "--model-version", "3", "--deployment", "test"],
  );
  expect(span.code).toBe(0);
  expect(driftReportSchema.parse(span.reports[0])).toMatchObject({
    verdict: "ok",
    reference: { prediction_count: 160, source: expect.stringMatching(/^the predictions from /) },
    window: { recent_prediction_count: 160, selection: { model_version: "3", deployment: "test" } },
  });
  expect(span.reports[0].comparisons.length).toBeGreaterThan(3);
  const other = await report("--last", "1h", "--model-version", "9");
  expect(other.reports[0]).toMatchObject({ verdict: "insufficient_data" });

  const replayed = await report("--replay", "--count", "80", "--last", "1h", "--fail-on-drift");
  expect(replayed).toMatchObject({ code: 0, reports: [{ verdict: "ok" }, { verdict: "ok" }] });
  const lines = await runCommand(environment, "--replay", "--count", "80");
  expect(lines.stdout.trim().split("\n")).toHaveLength(2);

  const forgotten = await runNamed("drift:reference", environment, "--remove");
  expect(forgotten.stdout).toMatch(/^Forgotten/);
  const again = await runNamed("drift:reference", environment, "--remove");
  expect(again.stdout).toMatch(/^No past period was named/);
  const after = await report("--replay", "--count", "80", "--fail-on-drift");
  expect(after).toMatchObject({ code: 4, reports: [{ verdict: "drift" }, { verdict: "drift" }] });
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
  expect(wrong.stderr).toMatch(/Usage: npm run drift[\s\S]*'--now'/);
});
