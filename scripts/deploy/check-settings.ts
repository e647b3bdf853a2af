import { parseTrackingUri } from "../../shared/mlflow/tracking-uri.ts";
import { authModes } from "../../shared/settings/access.ts";
import { parseSecretArn } from "./secret-arn.ts";

type Settings = Record<string, string | undefined>;

/** An address of the machine that runs the command; inside Lambda it leads nowhere. */
const local = /^https?:\/\/(localhost|127\.|0\.0\.0\.0|\[::1\])/i;
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const regionName = /^[a-z]{2}(-[a-z]+)+-\d$/;
const mlflowSecrets = ["MLFLOW_TRACKING_PASSWORD", "MLFLOW_PASSWORD", "MLFLOW_TRACKING_TOKEN"];
export const reference = /^\{\{resolve:[^}]+\}\}$/;

/** In small letters alone: serverless.yml looks up how the access log names a caller by exactly this word. */
const isAuthMode = (text = ""): boolean => authModes.some((mode) => mode === text);

/** An address without the name and password before its host, so that it can be shown. */
const hideCredentials = (text: string): string => text.replace(/^([\w+.-]*:\/\/)?.*@/, "$1…@");

/**
 * Finds what is wrong with the settings of a deployment, one sentence per problem. An empty variable counts as absent, as in
 * serverless.yml.
 */
export function findProblems(env: Settings, region: string): string[] {
  const problems: string[] = [];
  const expect = (name: string, isRight: boolean, expected: string, received = env[name] || "nothing") => {
    if (!isRight)
      problems.push(`Expected ${name} to be ${expected} but received ${hideCredentials(received)}`);
  };

  /** With an emulator of AWS the functions run on this machine, so local addresses work. */
  const isEmulated = local.test(env.AWS_ENDPOINT_URL ?? "");
  const isReached = (address: string) => isEmulated || !local.test(address);

  problems.push(...findAddressProblems(env, isReached));
  const bucket = env.ARTIFACT_BUCKET ?? "";
  expect("ARTIFACT_BUCKET", bucketName.test(bucket), "the name of the bucket with MLflow's artifacts");
  const root = env.MLFLOW_DEFAULT_ARTIFACT_ROOT || env.MLFLOW_ARTIFACT_ROOT;
  if (root && bucketName.test(bucket)) {
    const isInBucket = root === `s3://${bucket}` || root.startsWith(`s3://${bucket}/`);
    expect("MLFLOW_DEFAULT_ARTIFACT_ROOT", isInBucket, `in ARTIFACT_BUCKET, s3://${bucket}/…`, root);
  }
  if (env.MLFLOW_S3_ENDPOINT_URL) {
    expect(
      "MLFLOW_S3_ENDPOINT_URL",
      isReached(env.MLFLOW_S3_ENDPOINT_URL),
      "absent, or an address that Lambda reaches",
    );
  }
  expect("AWS_REGION", regionName.test(region), "a region of AWS such as eu-central-1", region);
  expect(
    "AUTH",
    isAuthMode(env.AUTH),
    "key, jwt or iam (in small letters), who may call (docs/access.md), or none, which answers everybody",
  );
  const driftRate = env.DRIFT_RATE || "rate(1 hour)";
  const heartbeatHours = env.DRIFT_HEARTBEAT_HOURS || "3";
  expect(
    "DRIFT_HEARTBEAT_HOURS",
    /^\d+$/.test(heartbeatHours) && Number(heartbeatHours) > hoursBetweenRuns(driftRate),
    `a whole number of hours, more than DRIFT_RATE (${driftRate}),`,
    heartbeatHours,
  );
  const takesLabels = /^(true|1|yes|on)$/i.test(env.ENABLE_LABELS?.trim() ?? "");
  expect(
    "ENABLE_LABELS",
    !(takesLabels && env.AUTH === "none"),
    "false where AUTH is none, so that strangers cannot label photographs,",
  );
  return [...problems, ...findSecretProblems(env)];
}

/** Finds secrets in plain text, and those that a training job could not read. A secret itself is never repeated. */
function findSecretProblems(env: Settings): string[] {
  return [...mlflowSecrets, "DRIFT_ALERT_WEBHOOK"].flatMap((name) => {
    const value = env[name] ?? "";
    const example =
      name === "DRIFT_ALERT_WEBHOOK" ? "alerts:SecretString:webhook" : "mlflow:SecretString:password";
    if (value !== "" && !reference.test(value)) {
      return [
        `Expected ${name} to be a reference such as {{resolve:secretsmanager:${example}}}, so that the secret is not in the template, but received the secret itself`,
      ];
    }
    const isUnused = name === "MLFLOW_PASSWORD" && !!env.MLFLOW_TRACKING_PASSWORD;
    const isOfTraining = value !== "" && !isUnused && !!env.RETRAINING_IMAGE && mlflowSecrets.includes(name);
    if (!isOfTraining || parseSecretArn(value) !== undefined) return [];
    return [
      `Expected ${name} to name its secret by the whole ARN, because with RETRAINING_IMAGE a container reads it, which finds none by its name, but received ${value}`,
    ];
  });
}

/** Reads `rate(90 minutes)`; what a cron expression says is not read and counts as 0 hours. */
function hoursBetweenRuns(schedule: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  const hours = { minute: 1 / 60, hour: 1, day: 24 };
  return Number(count ?? 0) * hours[(unit ?? "hour") as keyof typeof hours];
}

/** Finds problems of MLflow's address: one that Lambda cannot reach, and passwords readable in transit or in the template. */
function findAddressProblems(env: Settings, isReached: (address: string) => boolean): string[] {
  const text = env.MLFLOW_TRACKING_URI ?? "";
  try {
    parseTrackingUri(text);
  } catch (error) {
    return [(error as Error).message];
  }
  if (!isReached(text)) {
    return [
      `Expected MLFLOW_TRACKING_URI to be the http(s) address of an MLflow server that Lambda reaches but received ${hideCredentials(text)}`,
    ];
  }
  const address = new URL(text);
  const problems: string[] = [];
  if (address.username || address.password) {
    problems.push(
      "Expected MLFLOW_TRACKING_URI without name and password, which would be in the template in plain text, but received some. " +
        "Set MLFLOW_TRACKING_USERNAME, and MLFLOW_TRACKING_PASSWORD to a reference such as {{resolve:secretsmanager:mlflow:SecretString:password}}",
    );
  }
  const hasSecret = mlflowSecrets.some((name) => env[name]);
  if (address.protocol === "http:" && hasSecret && !local.test(text)) {
    problems.push(
      `Expected MLFLOW_TRACKING_URI to be an https address where there is a password, which everybody on the way could read, but received ${hideCredentials(text)}`,
    );
  }
  return problems;
}
