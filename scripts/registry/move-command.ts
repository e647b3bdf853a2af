import { renderSources } from "../../shared/model-versions/describe-contract.ts";
import type { MovedPointer, PromoteOptions } from "../../shared/model-versions/promote-version.ts";
import { challengerSettings } from "../../shared/settings/challenger.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { endOnSignals } from "../cli/end-on-signals.ts";
import { printJson } from "../cli/run-command.ts";
import { showStep } from "../progress.mjs";
import { connectRegistry } from "./connect-registry.ts";
import { describeDifferences, describeEffect, describeEntry, followsMove } from "./describe-move.ts";
import { expectAnswer } from "./expect-answer.ts";
import { parseOnePointer } from "./parse-pointer.ts";

export interface MoveArguments {
  stage: string | undefined;
  alias: string | undefined;
  name: string | undefined;
  json: boolean | undefined;
}

/**
 * Moves the stage or alias that the command line names, as one visible step that names the registry, and prints what was
 * moved, what that changes and which services follow.
 *
 * @param step title of the step, without the registry
 */
export async function moveVisibly(
  step: string,
  values: MoveArguments,
  move: (options: PromoteOptions) => Promise<MovedPointer>,
): Promise<void> {
  endOnSignals(async (signal) => {
    console.error(`\nInterrupted (${signal}). Which version serves now: npm run models`);
  });
  const connection = connectRegistry();
  const { mlflow, store, model, service } = connection;
  const { modelName, engine } = model;
  const { experimentName } = service;
  const pointer = parseOnePointer(values, model);
  const name = values.name ?? modelName;
  const moved = await showStep(`${step} in ${mlflow.trackingUri}`, async (onProgress) => {
    await expectAnswer(connection, onProgress);
    return move({ mlflow, store, name, engine, pointer, experimentName, onProgress });
  });
  const { entry, differences } = moved;
  if (values.json) {
    const followed = followsMove(entry, name, model);
    const { engine, contract, contractBy } = moved.model;
    return printJson({
      name,
      ...entry,
      engine,
      contract,
      contract_by: contractBy,
      differences,
      followed_by_service: followed,
    });
  }
  console.log(describeEntry(entry));
  for (const line of renderSources(moved.model)) console.log(`  ${line}`);
  console.log(describeDifferences(differences, entry));
  const { challenger } = loadSettings({ challenger: challengerSettings });
  console.log(describeEffect(entry, name, model, challenger.alias));
}
