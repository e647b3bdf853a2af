import { getExperimentByName } from "../../shared/mlflow/calls/get-experiment-by-name.ts";
import { describeWish, resolveVersion, wishFrom } from "../../shared/registry/resolve-version.ts";
import type { RegistryConnection } from "../registry/connect-registry.ts";
import { compareClocks } from "./check-clock.ts";
import { examine, type Finding, healthy } from "./finding.ts";

const timeoutMs = 5_000;

/** Checks whether MLflow accepts these credentials, its clock, and whether the registry has the wanted version. */
export async function checkMlflow(connection: RegistryConnection, startCommand: string): Promise<Finding[]> {
  const { mlflow, model, service } = connection;
  const reached = await examine("MLflow", startCommand, async () => {
    const startedMs = performance.now();
    const experiment = await getExperimentByName(mlflow, service.experimentName);
    const tookMs = Math.round(performance.now() - startedMs);
    const found = experiment === undefined ? "does not exist yet" : `is number ${experiment.experiment_id}`;
    return [
      healthy(
        "MLflow",
        `${mlflow.trackingUri} answers in ${tookMs} ms; experiment ${service.experimentName} ${found}`,
      ),
      ...compareClocks(await readDate(mlflow.trackingUri), "MLflow"),
    ];
  });
  if (reached.some((finding) => !finding.healthy)) return reached;
  const wish = wishFrom(model);
  const wanted = await examine(
    "Wanted version",
    "npm run models lists the versions; npm run promote -- VERSION moves the stage",
    async () => {
      const { version } = await resolveVersion(mlflow, model.modelName, wish);
      return healthy("Wanted version", `${describeWish(wish)} of ${model.modelName} is version ${version}`);
    },
  );
  return [...reached, ...wanted];
}

async function readDate(trackingUri: string): Promise<string | null> {
  const response = await fetch(`${trackingUri}/health`, { signal: AbortSignal.timeout(timeoutMs) });
  await response.body?.cancel();
  return response.headers.get("date");
}
