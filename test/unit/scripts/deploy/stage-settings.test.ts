import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { applyStageSettings, listTemplateVariables } from "../../../../scripts/deploy/stage-settings.ts";
import {
  findSettingsProblems,
  renderTemplateEnvironment,
} from "../../../../scripts/deploy/template-environment.ts";
import { parsePackageArguments } from "../../../../scripts/package/parse-arguments.ts";

const folder = mkdtempSync(join(tmpdir(), "stages-"));
beforeAll(() => {
  mkdirSync(join(folder, "stages"));
  mkdirSync(join(folder, "resources"));
  writeFileSync(join(folder, "serverless.yml"), "a: ${env:AUTH, 'iam'}\nb: ${env:MODEL_VERSION, 'latest'}\n");
  writeFileSync(join(folder, "resources/api.yml"), "c: ${env:DOMAIN_NAME, ''}\nd: ${env:AWS_REGION, ''}\n");
  writeFileSync(
    join(folder, "stages/prod.env"),
    "# ours\nAUTH=key\nMLFLOW_TRACKING_PASSWORD={{resolve:secretsmanager:mlflow:SecretString:password}}\nMLFLOW_DEFAULT_ARTIFACT_ROOT=s3://models/mlflow/\n",
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the settings of a deployment stage", () => {
  it("are those of its file, whatever last week's shell has set", () => {
    const env: Record<string, string> = {
      AUTH: "none",
      MODEL_VERSION: "7",
      AWS_REGION: "eu-central-1",
      HOME: "/h",
    };
    expect(applyStageSettings("prod", env, folder)).toEqual({
      file: "stages/prod.env",
      ignored: ["MODEL_VERSION"],
    });
    expect(env).toEqual({
      ...{ AUTH: "key", AWS_REGION: "eu-central-1", HOME: "/h", ARTIFACT_PREFIX: "mlflow/" },
      MLFLOW_TRACKING_PASSWORD: "{{resolve:secretsmanager:mlflow:SecretString:password}}",
      MLFLOW_DEFAULT_ARTIFACT_ROOT: "s3://models/mlflow/",
      INFERENCE_LOG_DATABASE: "fundus_lambda_prod",
    });
  });

  it.each([
    ["prod-eu", {}, "fundus_lambda_prod_eu"],
    ["Dev-2", {}, "fundus_lambda_dev_2"],
    ["prod-eu", { INFERENCE_LOG_DATABASE: "ours" }, "ours"],
  ])("name a database that SQL takes without quotes: %s %j", (stage, env: Record<string, string>, name) => {
    applyStageSettings(stage, env, folder);
    expect(env.INFERENCE_LOG_DATABASE).toBe(name);
  });

  it("name the processor, unless the command line does", () => {
    writeFileSync(join(folder, "stages/arm.env"), "LAMBDA_ARCHITECTURE=arm64\n");
    const given = { deployment: "zip", architecture: undefined, stage: "arm" };
    expect(parsePackageArguments(given, {}, folder)).toMatchObject({ architecture: "arm64", stage: "arm" });
    const other = { ...given, architecture: "x86_64" };
    expect(parsePackageArguments(other, {}, folder)).toMatchObject({ architecture: "x86_64" });
  });

  it("are the shell's where there is no file; its alarms and runs are not prod's", () => {
    const env: Record<string, string> = { AUTH: "iam" };
    expect(applyStageSettings("dev", env, folder)).toEqual({ file: undefined, ignored: [] });
    expect(env).toEqual({
      ...{ AUTH: "iam", ENVIRONMENT: "dev", INFERENCE_LOG_DATABASE: "fundus_lambda_dev" },
      MLFLOW_EXPERIMENT_NAME: "eye-disease-classifier-dev",
    });
  });
});

it("knows every variable that the template reads", () => {
  expect(listTemplateVariables()).toEqual(
    expect.arrayContaining(["AUTH", "MLFLOW_TRACKING_URI", "DOMAIN_NAME", "KMS_KEY_ARN"]),
  );
});

it("checks what the template gives to a single function or to the training job, too", async () => {
  const settings = { DRIFT_ALERT_WEBHOOK: "hooks.example.org", GATE_MARGIN: "abc" };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const environment = await renderTemplateEnvironment("dev");
  expect(environment).toMatchObject({ ...settings, MODEL_STAGE: "Production", AUTH: "iam" });
  expect(findSettingsProblems(environment).map((line) => line.split(":")[0])).toEqual([
    "DRIFT_ALERT_WEBHOOK",
    "GATE_MARGIN",
  ]);
}, 60_000);

describe("what would stop a function at its init", () => {
  it("is nothing for the defaults", () => {
    expect(findSettingsProblems({ MLFLOW_TRACKING_URI: "https://mlflow.example.org" })).toEqual([]);
  });

  it("is nothing of an address that stands in a secret", () => {
    const webhook = { DRIFT_ALERT_WEBHOOK: "{{resolve:secretsmanager:mlflow:SecretString:webhook}}" };
    expect(findSettingsProblems(webhook)).toEqual([]);
  });

  it("is said of every wrong setting at once, in the functions' own words", () => {
    const problems = findSettingsProblems({
      MODEL_REFRESH_SECONDS: "abc",
      DRIFT_WINDOW_SIZE: "0",
      AUTH: "jwt",
    });
    expect(problems.map((line) => line.split(":")[0])).toEqual(
      expect.arrayContaining([
        ...["MODEL_REFRESH_SECONDS", "DRIFT_WINDOW_SIZE"],
        ...["AUTH_JWT_ISSUER", "AUTH_JWT_AUDIENCE"],
      ]),
    );
  });
});
