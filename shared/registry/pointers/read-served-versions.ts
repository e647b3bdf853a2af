import { getExperimentByName, type MlflowClient, searchRuns } from "../../mlflow/index.ts";
import { parseServedVersion, type ServedVersion } from "../../schemas/served-version.ts";

/** How many of the newest runs are read. */
const maximumRuns = 1_000;

/**
 * Which versions of a registered model sessions of the service answered with, by the tags of their runs.
 *
 * @returns in no particular order
 * @throws MlflowError when MLflow cannot be reached
 */
export async function readServedVersions(
  mlflow: MlflowClient,
  experimentName: string,
  name: string,
): Promise<ServedVersion[]> {
  const experiment = await getExperimentByName(mlflow, experimentName);
  if (experiment?.experiment_id === undefined) return [];
  const runs = searchRuns(mlflow, {
    experiment_ids: [experiment.experiment_id],
    filter: "tags.api_session = 'true'",
    order_by: ["attributes.start_time DESC"],
    max_results: 200,
  });
  const served: ServedVersion[] = [];
  let seen = 0;
  for await (const { data } of runs) {
    for (const { key = "", value = "" } of data?.tags ?? []) {
      const version = parseServedVersion(key, value);
      if (version?.name === name) served.push(version);
    }
    seen += 1;
    if (seen === maximumRuns) break;
  }
  return served;
}
