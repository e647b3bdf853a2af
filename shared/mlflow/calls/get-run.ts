import type { MlflowClient } from "../client.ts";
import type { Run } from "../types.ts";
import { undefinedIfMissing } from "../undefined-if-missing.ts";
import { unwrap } from "../unwrap.ts";

/** A run with the last value of each metric; undefined when there is none with that id. */
export async function getRun(client: MlflowClient, runId: string): Promise<Run | undefined> {
  const query = { run_id: runId };
  const answer = await undefinedIfMissing(
    unwrap(client.GET("/api/2.0/mlflow/runs/get", { params: { query } })),
  );
  return answer?.run;
}
