import type { PreparedModel } from "../serving/model-process/prepare-model.ts";
import { listAssumed } from "./describe-contract.ts";

/**
 * Params of the logged model of a registered file. Labels among them count as declared, so those that were only assumed
 * are left out: they would count as declared from then on.
 */
export function renderParams({
  contract,
  contractBy,
  engine,
}: Pick<PreparedModel, "contract" | "contractBy" | "engine">): { key: string; value: string }[] {
  const labels = { key: "class_names", value: JSON.stringify(contract.labels) };
  const triedOn = { key: "tried_on", value: engine };
  return listAssumed(contractBy).includes("labels") ? [triedOn] : [labels, triedOn];
}
