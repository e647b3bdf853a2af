import type { ModelIdentity } from "../../schemas/model.ts";
import { newVersion } from "../name-version.ts";

/**
 * How to declare a field of this version: for one that is registered already a line of Python, for one that is being
 * registered from a file its contract; undefined for any other version.
 *
 * @example `mlflow.MlflowClient().set_model_version_tag("eye-disease-model", "3", "value_range", "0,1")`
 */
export function describeTag(
  { name, version, source }: ModelIdentity,
  field: string,
  value: string,
): string | undefined {
  if (version === newVersion)
    return `${JSON.stringify({ [field]: value })} in model-contract.json beside its file`;
  if (source !== "mlflow_registry" || !/^\d+$/.test(version)) return undefined;
  const words = [name, version, field, value].map((word) => JSON.stringify(word));
  return `mlflow.MlflowClient().set_model_version_tag(${words.join(", ")})`;
}
