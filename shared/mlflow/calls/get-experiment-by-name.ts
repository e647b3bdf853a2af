import type { MlflowClient } from "../client.ts";
import type { Experiment } from "../types.ts";
import { undefinedIfMissing } from "../undefined-if-missing.ts";
import { unwrap } from "../unwrap.ts";

/** The experiment with that name, deleted or not; undefined when there is none. */
export async function getExperimentByName(
  client: MlflowClient,
  name: string,
): Promise<Experiment | undefined> {
  const query = { experiment_name: name };
  const answer = await undefinedIfMissing(
    unwrap(client.GET("/api/2.0/mlflow/experiments/get-by-name", { params: { query } })),
  );
  return answer?.experiment;
}
