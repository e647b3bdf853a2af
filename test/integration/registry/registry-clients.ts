import { createObjectStore, type ObjectStore } from "../../../shared/aws/object-store.ts";
import { createMlflowClient, type MlflowClient } from "../../../shared/mlflow/client.ts";

export interface RegistryClients {
  mlflow: MlflowClient;
  store: ObjectStore;
}

/**
 * Clients of a stack.
 *
 * @param environment the stack's `env`; its keys are put into this process's environment, where the AWS SDK reads them
 */
export function connectTo(environment: Record<string, string>): RegistryClients {
  Object.assign(process.env, environment);
  return {
    mlflow: createMlflowClient({
      trackingUri: environment.MLFLOW_TRACKING_URI ?? "",
      timeoutMs: 5_000,
      maxAttempts: 2,
    }),
    store: createObjectStore({
      region: environment.AWS_REGION ?? "",
      endpoint: environment.AWS_ENDPOINT_URL_S3,
    }),
  };
}
