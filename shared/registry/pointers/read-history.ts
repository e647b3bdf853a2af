import { ModelError } from "../../errors/model-error.ts";
import { getRegisteredModel } from "../../mlflow/calls/get-registered-model.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import type { ServedPeriod } from "../../schemas/comparison-report.ts";
import type { ServiceSettings } from "../../settings/service.ts";
import { readAuditEntries } from "./audit.ts";
import { describePointer, type Pointer } from "./pointer.ts";
import { describeHistory } from "./pointer-history.ts";
import { readServedVersions } from "./read-served-versions.ts";

/**
 * Reads which version of a registered model had a pointer from when to when, oldest first.
 *
 * @throws ModelError when the registry has no such model
 */
export async function readHistory(
  { mlflow, service }: { mlflow: MlflowClient; service: Pick<ServiceSettings, "experimentName"> },
  name: string,
  pointer: Pointer,
): Promise<ServedPeriod[]> {
  const model = await getRegisteredModel(mlflow, name);
  if (model === undefined)
    throw new ModelError(`The registry has no model ${name}: register one with npm run register`);
  const served = await readServedVersions(mlflow, service.experimentName, name);
  return describeHistory(describePointer(pointer), readAuditEntries(model), served);
}
