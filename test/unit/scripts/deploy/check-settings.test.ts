import { describe, expect, it } from "vitest";
import { findProblems } from "../../../../scripts/deploy/check-settings.ts";

const right = {
  MLFLOW_TRACKING_URI: "https://mlflow.example.org",
  ARTIFACT_BUCKET: "artifacts",
  AUTH: "key",
};
const region = "eu-central-1";

describe("settings that a deployment takes", () => {
  it.each([
    ["the two it needs", {}],
    ["empty ones, which count as absent", { MLFLOW_TRACKING_PASSWORD: "", MLFLOW_S3_ENDPOINT_URL: "" }],
    ["a root in the bucket", { MLFLOW_DEFAULT_ARTIFACT_ROOT: "s3://artifacts/mlflow" }],
    ["a bucket as root", { MLFLOW_ARTIFACT_ROOT: "s3://artifacts" }],
    ["an address that is open to all, said aloud", { AUTH: "none" }],
    ["another S3 server", { MLFLOW_S3_ENDPOINT_URL: "https://s3.example.org" }],
    [
      "a reference to a secret",
      { MLFLOW_TRACKING_PASSWORD: "{{resolve:secretsmanager:mlflow:SecretString:password}}" },
    ],
    [
      "a reference to a webhook",
      { DRIFT_ALERT_WEBHOOK: "{{resolve:secretsmanager:mlflow:SecretString:webhook}}" },
    ],
  ])("%s", (_, env) => {
    expect(findProblems({ ...right, ...env }, region)).toEqual([]);
  });

  it.each([
    ["rate(1 hour)", ""],
    ["rate(90 minutes)", "2"],
    ["rate(1 day)", "25"],
    ["cron(0 6 * * ? *)", "3"],
  ])("a drift job %j with an alarm after %j hours", (DRIFT_RATE, DRIFT_HEARTBEAT_HOURS) => {
    expect(findProblems({ ...right, DRIFT_RATE, DRIFT_HEARTBEAT_HOURS }, region)).toEqual([]);
  });

  it.each(["us-east-1", "ap-southeast-2", "us-gov-west-1"])("the region %s", (name) => {
    expect(findProblems(right, name)).toEqual([]);
  });
});

describe("the password of a training job", () => {
  const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mlflow-service-AbC123";
  const findWith = (secret: string, others: Record<string, string> = {}) =>
    findProblems(
      {
        ...others,
        ...{ ...right, RETRAINING_IMAGE: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/training" },
        MLFLOW_TRACKING_PASSWORD: `{{resolve:secretsmanager:${secret}:SecretString:password}}`,
      },
      region,
    );

  it("is taken from a secret that is named by its ARN", () => {
    expect(findWith(arn)).toEqual([]);
  });

  it.each(["mlflow", arn.slice(0, -7)])("is refused from %s", (secret) => {
    expect(findWith(secret)).toEqual([
      expect.stringMatching(
        /^Expected MLFLOW_TRACKING_PASSWORD to name its secret by the whole ARN, .* but received .*resolve/,
      ),
    ]);
  });

  it("may lie beside an older variable, which is not used, in any form", () => {
    const older = { MLFLOW_PASSWORD: "{{resolve:secretsmanager:mlflow:SecretString:password}}" };
    expect(findWith(arn, older)).toEqual([]);
  });
});

describe("settings that are refused, by name and with what came", () => {
  it.each([
    ["MLFLOW_TRACKING_URI", "http://localhost:5000", "http://localhost:5000"],
    ["MLFLOW_TRACKING_URI", "http://127.0.0.1:5000", "http://127.0.0.1:5000"],
    ["ARTIFACT_BUCKET", "", "nothing"],
    ["AUTH", "", "nothing"],
    ["AUTH", "password", "password"],
    ["AUTH", "KEY", "KEY"],
    ["ARTIFACT_BUCKET", "s3://artifacts", "s3://artifacts"],
    ["MLFLOW_DEFAULT_ARTIFACT_ROOT", "s3://artifacts-of-others/x", "s3://artifacts-of-others/x"],
    ["MLFLOW_S3_ENDPOINT_URL", "http://localhost:8333", "http://localhost:8333"],
    ["ARTIFACT_BUCKET", "s3://ana:hunter2@artifacts", "s3://…@artifacts"],
    ["AUTH", "ana:hunter2@example.org", "…@example.org"],
  ])("%s: %j", (name, value, received) => {
    expect(findProblems({ ...right, [name]: value }, region)).toEqual([
      expect.stringMatching(new RegExp(`^Expected ${name} to be .* but received ${received}$`)),
    ]);
  });

  it.each([
    [
      "of a database, as MLflow's server takes it",
      "postgresql://mlflow:hunter2@db.example.org:5432/mlflow",
      /received a postgresql: address\. Run the MLflow server on that store .* give the server's http\(s\) address/,
    ],
    ["that is missing", "", /received nothing$/],
    ["without http://", "mlflow.example.org:5000", /received mlflow\.example\.org:5000 without http:/],
    ["with an unreadable password", "https://ana:50%hunter2@mlflow.example.org", /percent-encoded/],
  ])("an address of MLflow %s", (_, MLFLOW_TRACKING_URI, message) => {
    const problems = findProblems({ ...right, MLFLOW_TRACKING_URI }, region);
    expect(problems).toEqual([expect.stringMatching(message)]);
    expect(problems.join()).toContain("MLFLOW_TRACKING_URI");
    expect(problems.join()).not.toContain("hunter2");
  });

  it.each([
    ["rate(6 hours)", "", "3"],
    ["rate(1 day)", "24", "24"],
    ["rate(180 minutes)", "3", "3"],
    ["rate(1 hour)", "soon", "soon"],
    ["rate(1 hour)", "1", "1"],
    ["rate(1 hour)", "2.5", "2.5"],
  ])("an alarm on the drift job %j after %j hours", (DRIFT_RATE, DRIFT_HEARTBEAT_HOURS, received) => {
    expect(findProblems({ ...right, DRIFT_RATE, DRIFT_HEARTBEAT_HOURS }, region)).toEqual([
      `Expected DRIFT_HEARTBEAT_HOURS to be a whole number of hours, more than DRIFT_RATE (${DRIFT_RATE}), but received ${received}`,
    ]);
  });

  it("labels from everybody", () => {
    expect(findProblems({ ...right, AUTH: "none", ENABLE_LABELS: "true" }, region)).toEqual([
      expect.stringMatching(/^Expected ENABLE_LABELS to be false where AUTH is none/),
    ]);
    expect(findProblems({ ...right, ENABLE_LABELS: "true" }, region)).toEqual([]);
  });

  it.each(["MLFLOW_TRACKING_PASSWORD", "MLFLOW_PASSWORD", "MLFLOW_TRACKING_TOKEN", "DRIFT_ALERT_WEBHOOK"])(
    "%s in plain text, which is not said again",
    (name) => {
      const [problem] = findProblems({ ...right, [name]: "https://hooks.example.org/hunter2" }, region);
      const secret =
        name === "DRIFT_ALERT_WEBHOOK" ? "alerts:SecretString:webhook" : "mlflow:SecretString:password";
      expect(problem).toContain(
        `Expected ${name} to be a reference such as {{resolve:secretsmanager:${secret}}}`,
      );
      expect(problem).not.toContain("hunter2");
    },
  );

  it.each([
    [
      "a password in the address",
      { MLFLOW_TRACKING_URI: "https://ana:secret@mlflow.example.org" },
      "without name and password",
    ],
    [
      "a password over plain http",
      {
        MLFLOW_TRACKING_URI: "http://mlflow.example.org",
        MLFLOW_TRACKING_PASSWORD: "{{resolve:secretsmanager:mlflow:SecretString:password}}",
      },
      "to be an https address where there is a password",
    ],
  ])("%s, which is not repeated", (_, env, message) => {
    const problems = findProblems({ ...right, ...env }, region);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(problems.join()).not.toContain("ana:secret");
  });

  it("passwords in the address and beside it over plain http, which are not repeated", () => {
    const problems = findProblems(
      {
        ...right,
        MLFLOW_TRACKING_URI: "http://ana:hunter2@mlflow.example.org",
        MLFLOW_TRACKING_PASSWORD: "{{resolve:secretsmanager:mlflow:SecretString:password}}",
      },
      region,
    );
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain("hunter2");
  });

  it("takes addresses of this machine where AWS itself is an emulator on it", () => {
    const env = { ...right, MLFLOW_TRACKING_URI: "http://127.0.0.1:5000" };
    expect(findProblems(env, region)).toHaveLength(1);
    expect(findProblems({ ...env, AWS_ENDPOINT_URL: "https://127.0.0.1:4566" }, region)).toEqual([]);
  });

  it.each(["mars", "eu-central", "EU-CENTRAL-1", "eu-central-1a"])("the region %s", (name) => {
    expect(findProblems(right, name)).toEqual([expect.stringContaining(`but received ${name}`)]);
  });

  it("all at once", () => {
    expect(findProblems({}, "mars")).toHaveLength(4);
  });
});
