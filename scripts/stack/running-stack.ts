import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { findOwner } from "./owner.ts";

/** Writes down how clients reach a stack, including keys, in a file that only its owner can read. */
export function saveClientEnvironment(directory: string, environment: Record<string, string>): void {
  writeFileSync(fileIn(directory), JSON.stringify(environment, null, 2), { mode: 0o600 });
}

/**
 * Finds what a client of the stack in the folder needs in its environment; undefined when no stack is running there.
 *
 * @param own the client's environment: of the model that the stack's service serves it keeps what it says itself
 */
export function findClientEnvironment(
  directory: string,
  own: NodeJS.ProcessEnv = process.env,
): Record<string, string> | undefined {
  if (findOwner(directory) === undefined) return undefined;
  try {
    const saved = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(fileIn(directory), "utf8")));
    const kept = modelChoices.filter((names) => names.some((name) => own[name])).flat();
    return Object.fromEntries(Object.entries(saved).filter(([name]) => !kept.includes(name)));
  } catch {
    return undefined;
  }
}

/** The settings in an environment that say which model serves. */
export function pickModelChoice(environment: NodeJS.ProcessEnv): Record<string, string> {
  const said = modelChoices.flat().map((name) => [name, environment[name]] as const);
  return Object.fromEntries(said.filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** Of those beside each other one wins, so a client takes all of them or none. */
const modelChoices = [["MLFLOW_MODEL_NAME"], ["MODEL_STAGE", "MODEL_ALIAS", "MODEL_VERSION"]];

function fileIn(directory: string): string {
  return path.join(directory, "client-environment.json");
}
