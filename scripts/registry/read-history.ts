import { ModelError } from "../../shared/errors/model-error.ts";
import { getRegisteredModel } from "../../shared/mlflow/calls/get-registered-model.ts";
import { readAuditEntries } from "../../shared/registry/audit.ts";
import { describePointer, type Pointer } from "../../shared/registry/pointer.ts";
import { describeHistory } from "../../shared/registry/pointer-history.ts";
import { readServedVersions } from "../../shared/registry/read-served-versions.ts";
import type { ServedPeriod } from "../../shared/schemas/comparison-report.ts";
import type { RegistryConnection } from "./connect-registry.ts";

/** @throws ModelError when the registry has no such model */
export async function readHistory(
  { mlflow, service }: Pick<RegistryConnection, "mlflow" | "service">,
  name: string,
  pointer: Pointer,
): Promise<ServedPeriod[]> {
  const model = await getRegisteredModel(mlflow, name);
  if (model === undefined)
    throw new ModelError(`The registry has no model ${name}: register one with npm run register`);
  const served = await readServedVersions(mlflow, service.experimentName, name);
  return describeHistory(describePointer(pointer), readAuditEntries(model), served);
}
