import type { MlflowClient } from "../client.ts";
import { MlflowError } from "../error.ts";
import type { ModelVersion } from "../types.ts";
import { undefinedIfMissing } from "../undefined-if-missing.ts";
import { unwrap } from "../unwrap.ts";

/** The version that an alias points to; undefined when the model or the alias does not exist. */
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

/** For a missing alias MLflow has no error code of its own, only status 400 and this sentence. */
function undefinedIfNoSuchAlias(error: unknown): undefined {
  const isMissing =
    error instanceof MlflowError && error.status === 400 && /alias .* not found/.test(error.message);
  if (!isMissing) throw error;
}
