import type { ObjectStore } from "../aws/object-store.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import type { ModelSettings } from "../settings/model.ts";
import type { ServiceSettings } from "../settings/service.ts";

/** The registry that a service follows, and what the service is told about it. */
export interface ServiceRegistry {
  mlflow: MlflowClient;
  /** Of MLflow's artifacts. */
  store: ObjectStore;
  model: ModelSettings;
  service: ServiceSettings;
}
