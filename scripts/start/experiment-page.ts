import { createMlflowClient, ensureExperiment, parseMlflowSettings } from "../../shared/mlflow/index.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { serviceSettings } from "../../shared/settings/service.ts";

/**
 * Finds the address of MLflow's page with the service's runs. Without the last part of the address MLflow would open a page
 * about language models, which is empty.
 *
 * @param environment settings of the service, with the address of MLflow
 */
export async function findExperimentPage(environment: NodeJS.ProcessEnv): Promise<string> {
  const { service } = loadSettings({ service: serviceSettings }, environment);
  const mlflow = createMlflowClient(parseMlflowSettings(environment));
  const id = await ensureExperiment(mlflow, service.experimentName);
  return `${mlflow.trackingUri}/#/experiments/${id}/runs?workflowType=machine_learning`.replace(
    "127.0.0.1",
    "localhost",
  );
}
