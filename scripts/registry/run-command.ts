import { ServiceError } from "../../shared/errors/service-error.ts";
import { MlflowError } from "../../shared/mlflow/error.ts";

/** The command was typed in a way it does not know. */
export class UsageError extends Error {}

/**
 * Runs a command and turns what it throws into a sentence that says what to do next, and exit code 1.
 *
 * @param usage how to type the command, shown when it was typed otherwise
 */
export async function runCommand(usage: string, command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(`\n${explain(error, usage)}`);
    process.exitCode = 1;
  }
}

function explain(error: unknown, usage: string): string {
  if (error instanceof UsageError || isArgumentError(error)) return `${error.message}\n\n${usage}`;
  if (!(error instanceof ServiceError || error instanceof MlflowError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const refusal = error instanceof MlflowError ? error : error.cause;
  const advice = refusal instanceof MlflowError ? adviceFor[refusal.errorCode] : undefined;
  return advice === undefined ? error.message : `${error.message}\n${advice()}`;
}

/** The address without the credentials that it may hold. */
function start(): string {
  const { MLFLOW_TRACKING_URI: address } = process.env;
  const tried = address
    ? `MLFLOW_TRACKING_URI names ${new URL(address).host}`
    : "MLFLOW_TRACKING_URI is not set, so localhost:5000 was tried";
  return `${tried}. Start the local stack with: npm start (or npm run stack), or set it to the address of your MLflow server.`;
}
const login = () => "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.";
const failed = () =>
  "MLflow failed at it: its log says why. Where files are concerned, its artifact store (S3) may be down or refuse its keys.";

const adviceFor: Record<string, () => string> = {
  CONNECTION_FAILED: start,
  TIMEOUT: start,
  UNAUTHENTICATED: login,
  PERMISSION_DENIED: login,
  INTERNAL_ERROR: failed,
};

/** What util.parseArgs throws for an option it does not know. */
function isArgumentError(error: unknown): error is Error {
  return (
    error instanceof TypeError && String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS")
  );
}
