import { authModes } from "../../shared/settings/access.ts";

type Settings = Record<string, string | undefined>;

/** An address that means the machine the command runs on, and inside of Lambda nothing. */
const local = /^https?:\/\/(localhost|127\.|0\.0\.0\.0|\[::1\])/i;
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const regionName = /^[a-z]{2}(-[a-z]+)+-\d$/;
const reference = /^\{\{resolve:[^}]+\}\}$/;

const isAuthMode = (text = ""): boolean => authModes.some((mode) => mode === text.trim().toLowerCase());

/**
 * What is wrong with the settings of a deployment, a sentence each; empty when nothing is. An empty variable counts as
 * absent, as in serverless.yml.
 */
export function findProblems(env: Settings, region: string): string[] {
  const problems: string[] = [];
  const expect = (name: string, isRight: boolean, expected: string, received = env[name] || "nothing") => {
    if (!isRight) problems.push(`Expected ${name} to be ${expected} but received ${received}`);
  };

  const uri = env.MLFLOW_TRACKING_URI ?? "";
  expect(
    "MLFLOW_TRACKING_URI",
    /^https?:\/\/./.test(uri) && !local.test(uri),
    "the http(s) address of an MLflow server that Lambda reaches",
  );
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
      !local.test(env.MLFLOW_S3_ENDPOINT_URL),
      "absent, or an address that Lambda reaches",
    );
  }
  expect("AWS_REGION", regionName.test(region), "a region of AWS such as eu-central-1", region);
  expect(
    "AUTH",
    isAuthMode(env.AUTH),
    "key, jwt or iam, who may call (docs/access.md), or none, which answers everybody",
  );
  for (const name of ["MLFLOW_TRACKING_PASSWORD", "MLFLOW_PASSWORD", "MLFLOW_TRACKING_TOKEN"]) {
    expect(
      name,
      !env[name] || reference.test(env[name]),
      "a reference such as {{resolve:secretsmanager:mlflow:SecretString:password}}, lest the secret stand in the template,",
      "the secret itself",
    );
  }
  return problems;
}
