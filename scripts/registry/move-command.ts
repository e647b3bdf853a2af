import type { AuditEntry } from "../../shared/registry/audit.ts";
import { describeWish, wishFrom } from "../../shared/registry/resolve-version.ts";
import { describeEffect, describeEntry, type PromoteOptions } from "../../shared/serving/promote-version.ts";
import { showStep } from "../progress.mjs";
import { connectRegistry } from "./connect-registry.ts";
import { parseOnePointer } from "./parse-pointer.ts";

/**
 * Moves the stage or alias that a command line names, as one visible step, and prints what was moved and who follows.
 *
 * @param step what the step is called while it goes on
 */
export async function moveVisibly(
  step: string,
  values: { stage?: string | undefined; alias?: string | undefined; name?: string | undefined },
  move: (options: PromoteOptions) => Promise<AuditEntry>,
): Promise<void> {
  const { mlflow, store, model } = connectRegistry();
  const { modelName, engine, refreshSeconds } = model;
  const pointer = parseOnePointer(values, model);
  const name = values.name ?? modelName;
  const entry = await showStep(step, (onProgress) =>
    move({ mlflow, store, name, engine, pointer, onProgress }),
  );
  console.log(describeEntry(entry));
  console.log(describeEffect(entry, describeWish(wishFrom(model)), refreshSeconds));
}
