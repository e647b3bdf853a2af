import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { stackFolder } from "./paths.ts";
import { findOwner } from "./processes/owner.ts";
import { StackError } from "./stack-error.ts";

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

/**
 * Puts what a client of the running local stack needs into an environment that names no servers: all of it or nothing, so
 * that no command works on some servers of the stack and some of others.
 *
 * @param needed what a command cannot do without; if the environment says it, the stack does not matter
 * @param own by default this process's environment, where the AWS SDK finds its keys
 * @throws StackError where the environment names servers, but not all that are needed
 */
export function joinRunningStack(
  needed: readonly string[],
  directory: string = stackFolder,
  own: NodeJS.ProcessEnv = process.env,
): void {
  const missing = needed.filter((name) => !own[name]);
  const stack = missing.length === 0 ? undefined : findClientEnvironment(directory, own);
  if (stack === undefined) return;
  const said = addresses.filter((name) => own[name]).join(", ");
  if (said !== "")
    throw new StackError(
      `Expected ${missing.join(" and ")} to be set, too, because the environment names servers of its own (${said}). Unset those to work on the running local stack.`,
    );
  Object.assign(own, stack);
}

const addresses = [
  "MLFLOW_TRACKING_URI",
  "MLFLOW_DEFAULT_ARTIFACT_ROOT",
  "INFERENCE_LOG_BUCKET",
  "UPLOAD_BUCKET",
  "PHOTOGRAPH_BUCKET",
  "AWS_ENDPOINT_URL_S3",
  "MLFLOW_S3_ENDPOINT_URL",
];

/** What commands need to know of the service beside the stack's addresses: which model it serves, and on which port. */
export function pickClientSettings(
  environment: NodeJS.ProcessEnv,
  servicePort: number,
): Record<string, string> {
  const said = modelChoices.flat().map((name) => [name, environment[name]] as const);
  const choice = said.filter((entry): entry is [string, string] => Boolean(entry[1]));
  return { ...Object.fromEntries(choice), PORT: String(servicePort) };
}

/** Of those beside each other one wins, so a client takes all of them or none. */
const modelChoices = [["MLFLOW_MODEL_NAME"], ["MODEL_STAGE", "MODEL_ALIAS", "MODEL_VERSION"]];

function fileIn(directory: string): string {
  return path.join(directory, "client-environment.json");
}
