import type { ModelIdentity } from "../../schemas/model.ts";

/**
 * The line of Python that declares a field of a version that is registered already; undefined for any other version.
 *
 * @example `mlflow.MlflowClient().set_model_version_tag("eye-disease-model", "3", "value_range", "0,1")`
 */
export function describeTag(
  { name, version, source }: ModelIdentity,
  field: string,
  value: string,
): string | undefined {
  if (source !== "mlflow_registry" || !/^\d+$/.test(version)) return undefined;
  const words = [name, version, field, value].map((word) => JSON.stringify(word));
  return `mlflow.MlflowClient().set_model_version_tag(${words.join(", ")})`;
}
