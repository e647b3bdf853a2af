import type { MlflowClient } from "../client.ts";
import { MlflowError } from "../error.ts";
import type { ModelVersion } from "../types.ts";
import { undefinedIfMissing } from "../undefined-if-missing.ts";
import { unwrap } from "../unwrap.ts";

/** The version an alias points at; undefined when the model or the alias does not exist. */
export async function getVersionByAlias(
  client: MlflowClient,
  name: string,
  alias: string,
): Promise<ModelVersion | undefined> {
  const query = { name, alias };
  const call = unwrap(client.GET("/api/2.0/mlflow/registered-models/alias", { params: { query } }));
  const answer = await undefinedIfMissing(call).catch(undefinedIfNoSuchAlias);
  return answer?.model_version;
}

/** MLflow has no code of its own for a missing alias, only this sentence. */
function undefinedIfNoSuchAlias(error: unknown): undefined {
  const isMissing =
    error instanceof MlflowError && error.status === 400 && /alias .* not found/.test(error.message);
  if (!isMissing) throw error;
}
