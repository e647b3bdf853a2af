import { MlflowError } from "../../shared/mlflow/error.ts";
import type { RegistryConnection } from "./connect-registry.ts";

/**
 * Asks MLflow for something small before a command begins: with its usual limits, the client takes 90 s to give up a server
 * that hangs. Every response will do, because the command's own requests show what is wrong with it.
 *
 * @throws MlflowError when there is no response in time, or no connection
 */
export async function expectAnswer(
  { mlflow, service, answerTimeoutMs }: Pick<RegistryConnection, "mlflow" | "service" | "answerTimeoutMs">,
  say: (text: string) => void = () => {},
): Promise<void> {
  say(`Asking MLflow at ${mlflow.trackingUri}`);
  const query = { experiment_name: service.experimentName };
  const signal = AbortSignal.timeout(answerTimeoutMs);
  try {
    await mlflow.GET("/api/2.0/mlflow/experiments/get-by-name", { params: { query }, signal });
  } catch (error) {
    if (signal.aborted) throw describeSilence(answerTimeoutMs, error);
    if (error instanceof MlflowError) throw error;
  }
}

function describeSilence(timeoutMs: number, cause: unknown): MlflowError {
  const message = `MLflow did not answer within ${timeoutMs / 1000} s; MLFLOW_HTTP_REQUEST_TIMEOUT (seconds) sets how long it is waited for.`;
  return new MlflowError(message, { errorCode: "TIMEOUT", cause });
}
