import type { MlflowClientOptions } from "./client.ts";
import { MlflowError } from "./error.ts";
import { parseTrackingUri } from "./tracking-uri.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface MlflowSettings extends MlflowClientOptions {
  /** How to reach the bucket behind `s3://` artifact addresses, in addition to AWS's own settings. */
  s3: S3Settings;
}

export interface S3Settings {
  /** Address of an S3 server other than AWS's own. */
  endpointUrl?: string;
  addressingStyle?: "auto" | "path" | "virtual";
  /** Id of the AWS account that must own the bucket. */
  expectedBucketOwner?: string;
  /** Accept any certificate. */
  ignoreTls: boolean;
}

const DEFAULT_TRACKING_URI = "http://localhost:5000";

/** Settings of the Python client that fetch does not support, with what to do instead. */
const unsupported: Record<string, string> = {
  MLFLOW_TRACKING_INSECURE_TLS: "name the server's certificate in NODE_EXTRA_CA_CERTS",
  MLFLOW_TRACKING_SERVER_CERT_PATH: "name the file in NODE_EXTRA_CA_CERTS",
  MLFLOW_TRACKING_CLIENT_CERT_PATH: "give createMlflowClient a fetch that presents the certificate",
  MLFLOW_TRACKING_AWS_SIGV4: "give createMlflowClient a fetch that signs",
  MLFLOW_TRACKING_AUTH: "give createMlflowClient a fetch that signs",
};

/**
 * Reads the settings of the Python client from an environment, and MLFLOW_USERNAME and MLFLOW_PASSWORD as alternative names
 * of the credentials.
 *
 * @throws MlflowError that names every setting that is wrong.
 *
 * @example
 * ```ts
 * const client = createMlflowClient(parseMlflowSettings(process.env));
 * ```
 */
export function parseMlflowSettings(environment: Environment): MlflowSettings {
  const problems: string[] = [];
  const check = <Value>(parse: () => Value): Value | undefined => {
    try {
      return parse();
    } catch (error) {
      problems.push((error as Error).message);
      return undefined;
    }
  };
  check(() => refuseUnsupported(environment));
  const trackingUri = environment.MLFLOW_TRACKING_URI || DEFAULT_TRACKING_URI;
  check(() => parseTrackingUri(trackingUri));
  const timeoutSeconds = check(() => parseCount(environment, "MLFLOW_HTTP_REQUEST_TIMEOUT", 1));
  const maxRetries = check(() => parseCount(environment, "MLFLOW_HTTP_REQUEST_MAX_RETRIES", 0));
  const username = environment.MLFLOW_TRACKING_USERNAME || environment.MLFLOW_USERNAME || undefined;
  const password = environment.MLFLOW_TRACKING_PASSWORD || environment.MLFLOW_PASSWORD || undefined;
  if ((username === undefined) !== (password === undefined)) {
    problems.push(
      "Expected both or neither of MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD but received one",
    );
  }
  const s3 = check(() => parseS3Settings(environment));
  if (problems.length > 0 || s3 === undefined) {
    throw new MlflowError(problems.join("\n"), { errorCode: "INVALID_PARAMETER_VALUE" });
  }
  return {
    trackingUri,
    username,
    password,
    token: environment.MLFLOW_TRACKING_TOKEN || undefined,
    workspace: environment.MLFLOW_WORKSPACE || undefined,
    timeoutMs: timeoutSeconds === undefined ? undefined : timeoutSeconds * 1000,
    maxAttempts: maxRetries === undefined ? undefined : maxRetries + 1,
    s3,
  };
}

function refuseUnsupported(environment: Environment): void {
  const set = Object.keys(unsupported).filter((name) => !isOff(environment[name]));
  if (set.length === 0) return;
  throw new Error(set.map((name) => `${name} is not supported: ${unsupported[name]}`).join("\n"));
}

function parseS3Settings(environment: Environment): S3Settings {
  const style = environment.MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE || undefined;
  if (style !== undefined && style !== "auto" && style !== "path" && style !== "virtual") {
    throw new Error(
      `Expected auto, path or virtual for MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE but received ${style}`,
    );
  }
  return {
    ...(environment.MLFLOW_S3_ENDPOINT_URL && { endpointUrl: environment.MLFLOW_S3_ENDPOINT_URL }),
    ...(style && { addressingStyle: style }),
    ...(environment.MLFLOW_S3_EXPECTED_BUCKET_OWNER && {
      expectedBucketOwner: environment.MLFLOW_S3_EXPECTED_BUCKET_OWNER,
    }),
    ignoreTls: !isOff(environment.MLFLOW_S3_IGNORE_TLS),
  };
}

function parseCount(environment: Environment, name: string, minimum: number): number | undefined {
  const text = environment[name];
  if (!text) return undefined;
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= minimum) return count;
  throw new Error(`Expected a whole number of at least ${minimum} for ${name} but received ${text}`);
}

function isOff(value: string | undefined): boolean {
  return !value || value === "0" || value.toLowerCase() === "false";
}
