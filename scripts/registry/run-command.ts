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
  if (error instanceof MlflowError) {
    const advice = adviceFor[error.errorCode];
    return advice === undefined ? error.message : `${error.message}\n${advice}`;
  }
  if (error instanceof ServiceError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const start =
  "Start the local stack with: npm start (or npm run stack), or set MLFLOW_TRACKING_URI to the address of your MLflow server.";
const login = "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.";

const adviceFor: Record<string, string> = {
  CONNECTION_FAILED: start,
  TIMEOUT: start,
  UNAUTHENTICATED: login,
  PERMISSION_DENIED: login,
};

/** What util.parseArgs throws for an option it does not know. */
function isArgumentError(error: unknown): error is Error {
  return (
    error instanceof TypeError && String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS")
  );
}
