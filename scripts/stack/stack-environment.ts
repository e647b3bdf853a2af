import type { StackPorts } from "./ports.ts";
import type { StackSecrets } from "./secrets.ts";
import { postgresUser } from "./servers/postgres.ts";

/** Bucket of MLflow's artifacts. */
export const artifactBucket = "mlflow";
/** Bucket of the service's own record of its predictions. */
export const inferenceLogBucket = "inference-log";
/** Bucket of photographs too large for a request, until they are answered. */
export const uploadBucket = "uploads";
/** Bucket of photographs that are kept, where KEEP_PHOTOGRAPHS asks for it. */
export const photographBucket = "photographs";
/** Where MLflow keeps its artifacts. */
export const artifactRoot = `s3://${artifactBucket}/artifacts`;
export const adminUser = "admin";

const region = "us-east-1";

export interface StackAddresses {
  mlflowUrl: string;
  s3Url: string;
  /** With the password in it. */
  postgresUrl: string;
}

export function createAddresses(ports: StackPorts, secrets: StackSecrets): StackAddresses {
  return {
    mlflowUrl: `http://127.0.0.1:${ports.mlflow}`,
    s3Url: `http://127.0.0.1:${ports.s3}`,
    postgresUrl: `postgresql://${postgresUser}:${secrets.postgresPassword}@127.0.0.1:${ports.postgres}/mlflow`,
  };
}

/** What a client of the stack needs in its environment: this service, an AWS SDK, MLflow's own client. */
export function createClientEnvironment(
  addresses: StackAddresses,
  secrets: StackSecrets,
  admin?: { username: string; password: string },
): Record<string, string> {
  const environment: Record<string, string> = {
    MLFLOW_TRACKING_URI: addresses.mlflowUrl,
    INFERENCE_LOG_BUCKET: inferenceLogBucket,
    UPLOAD_BUCKET: uploadBucket,
    PHOTOGRAPH_BUCKET: photographBucket,
    // MLflow returns addresses of its proxy, but models can be read directly from the bucket behind it.
    MLFLOW_DEFAULT_ARTIFACT_ROOT: artifactRoot,
    ...createS3Environment(addresses.s3Url, secrets),
  };
  if (admin !== undefined) {
    environment.MLFLOW_TRACKING_USERNAME = admin.username;
    environment.MLFLOW_TRACKING_PASSWORD = admin.password;
  }
  return environment;
}

/** S3's address under the names that the AWS SDKs and MLflow use, with its keys and region. */
export function createS3Environment(s3Url: string, secrets: StackSecrets): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_S3: s3Url,
    MLFLOW_S3_ENDPOINT_URL: s3Url,
    AWS_ACCESS_KEY_ID: secrets.s3AccessKeyId,
    AWS_SECRET_ACCESS_KEY: secrets.s3SecretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}
