import { InputError } from "../../shared/errors/input-error.ts";
import { ModelError } from "../../shared/errors/model-error.ts";
import { ServiceError } from "../../shared/errors/service-error.ts";
import { MlflowError } from "../../shared/mlflow/error.ts";
import { stackFolder } from "../stack/paths.ts";
import { findClientEnvironment } from "../stack/running-stack.ts";
import { StackError } from "../stack/stack-error.ts";
import { commands } from "./commands.mjs";
import { UsageError } from "./parse-command-line.mjs";
import { renderHelp } from "./render-help.mjs";

export type CommandName = keyof typeof commands;

type Options<Name extends CommandName> = (typeof commands)[Name] extends { options: infer Table }
  ? Table
  : Record<never, never>;
type Value<Option> = Option extends { type: "boolean" }
  ? boolean | undefined
  : Kind<Option> | (Option extends { default: unknown } ? never : undefined);
type Kind<Option> = Option extends { type: "number" } ? number : string;

/** What was typed after the name of a command, with the types from its entry in commands.mjs. */
export interface Arguments<Name extends CommandName> {
  values: { [Option in keyof Options<Name>]: Value<Options<Name>[Option]> };
  operands: string[];
}

/** What a command's module exports as `run`. */
export type CommandRun<Name extends CommandName> = (given: Arguments<Name>, name: Name) => Promise<void>;

/** Exit codes other than 0, which means done. */
export const exitCodes = {
  failed: 1,
  /** Typed in a way that the command does not understand. */
  usage: 2,
  /** The model or version does not exist, or cannot be served. */
  model: 3,
  /** `npm run drift -- --fail-on-drift` found drift. */
  drift: 4,
} as const;

/**
 * Runs a command and turns what it throws into an exit code and a message that says what to do next. With `--json` the
 * message is also printed on standard output, as `{"error": …}`.
 */
export async function runCommand(
  name: CommandName,
  given: { values: Record<string, unknown>; operands: string[] },
): Promise<void> {
  try {
    const { run } = (await import(commands[name].module)) as { run: CommandRun<CommandName> };
    await run(given as Arguments<CommandName>, name);
  } catch (error) {
    const message = explain(error);
    if (given.values.json === true) printJson({ error: message });
    // What is wrong comes last, where it is still seen below a long help.
    const help = isUsage(error) ? `\n${renderHelp(name, commands[name])}\n` : "";
    console.error(`${help}\n${message}`);
    process.exitCode = chooseExitCode(error);
  }
}

/** Prints an answer for programs to read. */
export function printJson(answer: object): void {
  console.log(JSON.stringify(answer, null, 2));
}

/** Whether the command was typed, or given a file, in a way that it does not understand. */
const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError || error instanceof InputError;

function chooseExitCode(error: unknown): number {
  if (isUsage(error)) return exitCodes.usage;
  return error instanceof ModelError ? exitCodes.model : exitCodes.failed;
}

/** The message of an error, with what to do about it where that is known. */
export function explain(error: unknown): string {
  if (isUsage(error) || error instanceof StackError) return error.message;
  if (!(error instanceof ServiceError || error instanceof MlflowError)) return describeOther(error);
  const refusal = error instanceof MlflowError ? error : error.cause;
  const advice = refusal instanceof MlflowError ? adviceFor[refusal.errorCode]?.(refusal) : undefined;
  return advice === undefined ? error.message : `${error.message}\n${advice}`;
}

/** A fault of this program is shown with its stack, for its developer; for other errors the message is enough. */
function describeOther(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isFault(error) ? (error.stack ?? error.message) : error.message;
}

function isFault(error: Error): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((fault) => error instanceof fault);
}

/** Names the host, not the whole address, which may contain credentials. */
function start(): string {
  const { MLFLOW_TRACKING_URI: address } = process.env;
  if (address !== undefined && address === findClientEnvironment(stackFolder)?.MLFLOW_TRACKING_URI)
    return "The local stack runs, but its MLflow, or the S3 server that it asks for files, does not answer: npm run doctor says which. Restart it with: npm stop, then npm start";
  const tried = address
    ? `MLFLOW_TRACKING_URI names ${new URL(address).host}`
    : "MLFLOW_TRACKING_URI is not set, so localhost:5000 was tried";
  return `${tried}. Start the local stack with: npm start (or npm run stack), or set it to the address of your MLflow server.`;
}
const login = () => "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.";
function chooseAccount({ message }: MlflowError): string {
  if (message.includes("Invalid Host header"))
    return "Name the host of MLFLOW_TRACKING_URI in MLFLOW_SERVER_ALLOWED_HOSTS of the MLflow server.";
  const { MLFLOW_TRACKING_USERNAME, MLFLOW_USERNAME, MLFLOW_TRACKING_TOKEN: token } = process.env;
  const username = MLFLOW_TRACKING_USERNAME || MLFLOW_USERNAME;
  if (!username && !token) return login();
  const account = username ? `The account ${username}` : "The account of MLFLOW_TRACKING_TOKEN";
  return `${account} may not do this in MLflow. An administrator's account can, or one with the permission EDIT (to delete: MANAGE) on the registered model or the experiment: name it in MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD (docs/runbook.md).`;
}
const failed = () =>
  "MLflow failed; its log says why. If files were involved, its artifact store (S3) may be down or refuse its keys.";

const adviceFor: Record<string, (refusal: MlflowError) => string> = {
  CONNECTION_FAILED: start,
  TIMEOUT: start,
  UNAUTHENTICATED: login,
  PERMISSION_DENIED: chooseAccount,
  INTERNAL_ERROR: failed,
};
