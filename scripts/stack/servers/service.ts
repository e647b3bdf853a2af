import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { appendFileSync, closeSync, existsSync, openSync, readFileSync, renameSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { waitAtMost } from "../../../shared/resilience/wait-at-most.ts";
import { sendSignal } from "../processes/processes.ts";
import { StackError } from "../stack-error.ts";
import { rotateRegularly } from "./rotate-log.ts";

export interface ServiceOptions {
  /** Its name in messages. */
  name: string;
  program: string;
  parameters: string[];
  environment: Record<string, string>;
  directory: string;
  /** The file for its output. That of the previous start is kept under the same name with `.previous`. */
  logFile: string;
  /** Asked repeatedly until it returns true. */
  isReady: () => Promise<boolean>;
  startTimeoutMs: number;
  stopSignal?: NodeJS.Signals;
  /** Called when it ends without having been asked to. */
  onUnexpectedEnd?: ((message: string) => void) | undefined;
}

/** One server of the stack, which can be stopped and started again on the same port and data. */
export interface Service {
  /** @throws StackError, with the end of its log, when it ends or is not ready in time */
  start(): Promise<void>;
  /** Asks it to end, and kills it after ten seconds. Does nothing when it is not running. */
  stop(): Promise<void>;
}

const pollMs = 50;
const stopTimeoutMs = 10_000;
const shownLogLines = 15;

export function createService(options: ServiceOptions): Service {
  const { name, stopSignal = "SIGTERM" } = options;
  let child: ChildProcess | undefined;
  let isReady = false;

  const start = async () => {
    if (child !== undefined) throw new StackError(`${name} is running already.`);
    const started = launch(options);
    child = started;
    isReady = false;
    const endRotation = rotateRegularly(options.logFile);
    started.once("exit", () => {
      endRotation();
      if (child !== started) return;
      child = undefined;
      // Processes that it started would keep its port.
      if (started.pid !== undefined) sendSignal(-started.pid, "SIGKILL");
      if (isReady) options.onUnexpectedEnd?.(`${name} ended by itself: see ${options.logFile}.`);
    });
    const deadline = Date.now() + options.startTimeoutMs;
    while (!(await options.isReady())) {
      if (child === undefined) throw describeFailure(options, "ended while it was starting");
      if (Date.now() > deadline) {
        await stop();
        throw describeFailure(options, `was not ready after ${options.startTimeoutMs / 1000} s`);
      }
      await wait(pollMs);
    }
    if (child === undefined) throw describeFailure(options, "ended while it was starting");
    isReady = true;
  };

  const stop = async () => {
    const stopping = child;
    if (stopping?.pid === undefined) return;
    child = undefined;
    const ended = new Promise<void>((resolve) => stopping.once("exit", () => resolve()));
    sendSignal(stopping.pid, stopSignal);
    const hasEnded = await waitAtMost(ended, stopTimeoutMs);
    // The whole group, because processes that a server started must not outlive it.
    sendSignal(-stopping.pid, "SIGKILL");
    if (!hasEnded) await ended;
  };

  return { start, stop };
}

/** Starts the program in a process group of its own, so that Ctrl-C in the terminal reaches only its owner. */
function launch(options: ServiceOptions): ChildProcess {
  if (existsSync(options.logFile)) renameSync(options.logFile, `${options.logFile}.previous`);
  const log = openSync(options.logFile, "a", 0o600);
  try {
    const child = spawn(options.program, options.parameters, {
      cwd: options.directory,
      env: options.environment,
      stdio: ["ignore", log, log],
      detached: true,
    });
    child.once("error", (error) => {
      appendFileSync(options.logFile, `${error.message}\n`);
      child.emit("exit");
    });
    return child;
  } finally {
    closeSync(log);
  }
}

function describeFailure({ name, logFile }: ServiceOptions, what: string): StackError {
  const lines = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-shownLogLines);
  return new StackError(`${name} ${what}. The end of its log, ${logFile}:\n${lines.join("\n")}`);
}

/**
 * Makes the kernel ask a program to end when the process that started it dies, in whatever way. Without setpriv (util-linux)
 * it runs until the next start of the stack ends it.
 */
export function endWithOwner(
  signal: "TERM" | "INT",
  program: string,
  parameters: string[],
): [string, string[]] {
  return hasSetpriv() ? ["setpriv", ["--pdeathsig", signal, program, ...parameters]] : [program, parameters];
}

let setprivWorks: boolean | undefined;

function hasSetpriv(): boolean {
  setprivWorks ??= spawnSync("setpriv", ["--pdeathsig", "TERM", "true"], { stdio: "ignore" }).status === 0;
  return setprivWorks;
}
