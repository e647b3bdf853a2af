import { getExperimentByName } from "../../shared/mlflow/calls/get-experiment-by-name.ts";
import type { MlflowClient } from "../../shared/mlflow/client.ts";
import { describeWish, resolveVersion, wishFrom } from "../../shared/registry/resolve-version.ts";
import type { RegistryConnection } from "../registry/connect-registry.ts";
import { compareClocks } from "./check-clock.ts";
import { checkSubject, type Finding, healthy, unhealthy } from "./finding.ts";
import { writeExperimentRemedy } from "./problem-remedy.ts";

const timeoutMs = 5_000;

/** Checks whether MLflow accepts these credentials, and lets them write, its clock, and whether the registry has the wanted version. */
export async function checkMlflow(connection: RegistryConnection, startCommand: string): Promise<Finding[]> {
  const { mlflow, model, service } = connection;
  const reached = await checkSubject("MLflow", startCommand, async () => {
    const startedMs = performance.now();
    const experiment = await getExperimentByName(mlflow, service.experimentName);
    const tookMs = Math.round(performance.now() - startedMs);
    const found = experiment === undefined ? "does not exist yet" : `is number ${experiment.experiment_id}`;
    return [
      healthy(
        "MLflow",
        `${mlflow.trackingUri} answers in ${tookMs} ms; experiment ${service.experimentName} ${found}`,
      ),
      ...(experiment === undefined ? [] : await checkRights(mlflow, experiment)),
      ...compareClocks(await readDate(mlflow.trackingUri), "MLflow"),
    ];
  });
  if (reached.some((finding) => !finding.healthy)) return reached;
  const wish = wishFrom(model);
  const wanted = await checkSubject(
    "Wanted version",
    "npm run models lists the versions, npm run register -- FILE adds one, npm run promote -- VERSION moves the stage",
    async () => {
      const { version } = await resolveVersion(mlflow, model.modelName, wish);
      return healthy("Wanted version", `${describeWish(wish)} of ${model.modelName} is version ${version}`);
    },
  );
  return [...reached, ...wanted];
}

/** Who created an experiment may write it, and of the others only whom an administrator lets. Nothing where MLflow has no accounts. */
async function checkRights(
  mlflow: MlflowClient,
  experiment: { experiment_id: string; name: string },
): Promise<Finding[]> {
  const { data: current } = await mlflow.GET("/api/2.0/mlflow/users/current");
  if (current === undefined) return [];
  const { username, is_admin } = current.user;
  const query = { username, resource_type: "experiment", resource_id: experiment.experiment_id };
  const { data } = await mlflow.GET("/api/3.0/mlflow/users/permissions/get", { params: { query } });
  const permission = is_admin ? "everything" : data?.permission;
  const place = `experiment ${experiment.name} (number ${experiment.experiment_id})`;
  // An MLflow without this operation has accounts, but does not say what they may do.
  if (permission === undefined) {
    const said = `${username}; this MLflow does not say whether it may write to ${place}`;
    return [healthy("MLflow account", said)];
  }
  const said = `${username} has ${permission} on ${place}`;
  return [
    ["everything", "EDIT", "MANAGE"].includes(permission)
      ? healthy("MLflow account", said)
      : unhealthy("MLflow account", `${said}: its records are refused (403)`, writeExperimentRemedy),
  ];
}

async function readDate(trackingUri: string): Promise<string | null> {
  const response = await fetch(`${trackingUri}/health`, { signal: AbortSignal.timeout(timeoutMs) });
  await response.body?.cancel();
  return response.headers.get("date");
}
