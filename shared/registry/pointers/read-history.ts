import type { MlflowClient } from "../../mlflow/client.ts";
import type { ServedPeriod } from "../../schemas/comparison-report.ts";
import type { ServiceSettings } from "../../settings/service.ts";
import { describePointer, type Pointer } from "./pointer.ts";
import { describeHistory } from "./pointer-history.ts";
import { readPointerRecords } from "./pointer-records.ts";

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
  const { entries, served } = await readPointerRecords(mlflow, name, service.experimentName);
  return describeHistory(describePointer(pointer), entries, served);
}
