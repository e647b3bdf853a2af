import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { setPriority } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { ModelFiles, Predictor } from "../contracts/model.ts";
import { ModelError } from "../errors/model-error.ts";
import { ServiceError } from "../errors/service-error.ts";
import type { ModelSettings } from "../settings/model.ts";

/** What is known of a model once it has been loaded and has answered. */
export interface PreparedModel
  extends Pick<Predictor, "contract" | "contractBy" | "engine" | "loadTimeSeconds"> {
  /** Highest memory of the process that loaded it and answered, in MB. */
  peakMemoryMb: number;
  /** Median of several forward passes on one thread, in milliseconds. */
  inferenceTimeMs: number;
}

/**
 * Compiles a model beside its files and runs it once, without disturbing this process.
 *
 * @param timeLimitMs after which it is given up; five minutes when not given
 * @throws ModelError when the model cannot be served or is not ready in time
 */
export type PrepareModel = (
  files: ModelFiles,
  engine: ModelSettings["engine"],
  timeLimitMs?: number,
) => Promise<PreparedModel>;

/** The process that tried a model was ended by it. */
export class PreparationEndedError extends ModelError {}

/** What the other process answers. */
export type PreparationAnswer = { prepared: PreparedModel } | { problem: string };

const longestMs = 300_000;
const priority = 10;
/** What ends a process because somebody wants it so, as Ctrl-C does; a model dies of others. */
const requestsToEnd: readonly (NodeJS.Signals | null)[] = ["SIGINT", "SIGTERM", "SIGHUP"];
const script = "prepare-model-process.ts";

/**
 * Prepares models in a process of their own: a model that ends its process ends only that one, what compiling needs of
 * memory is given back, and requests are answered meanwhile.
 *
 * @returns undefined where the process's program is not at hand: in a bundle outside the project, as on Lambda, whose
 * environments answer no request while they load
 */
export function createPrepareProcess(): PrepareModel | undefined {
  const beside = fileURLToPath(new URL(script, import.meta.url));
  const inProject = resolve("shared/serving", script);
  const program = [beside, inProject].find((path) => existsSync(path));
  return program === undefined
    ? undefined
    : (files, engine, timeLimitMs = longestMs) => runPreparation(program, files, engine, timeLimitMs);
}

function runPreparation(
  program: string,
  files: ModelFiles,
  engine: string,
  timeLimitMs: number,
): Promise<PreparedModel> {
  const version = `${files.identity.name}/${files.identity.version}`;
  return new Promise((done, fail) => {
    const child = fork(program, [], { stdio: ["ignore", "ignore", "pipe", "ipc"], execArgv: [] });
    let answer: PreparationAnswer | undefined;
    let complaint = "";
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, timeLimitMs);
    child.stderr?.on("data", (chunk) => {
      complaint = `${complaint}${chunk}`.slice(-500);
    });
    child.once("spawn", () => {
      if (child.pid !== undefined) lowerPriority(child.pid);
      child.send({ files, engine }, () => {});
    });
    child.on("message", (message) => {
      answer = message as PreparationAnswer;
    });
    child.once("error", fail);
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (answer !== undefined && "prepared" in answer) return done(answer.prepared);
      if (answer !== undefined) return fail(new ModelError(answer.problem));
      if (isLate) return fail(new ModelError(`${version} was not ready after ${timeLimitMs / 1000} s`));
      if (requestsToEnd.includes(signal))
        return fail(new ServiceError("preparation_stopped", `Loading ${version} was stopped (${signal})`));
      const end = signal ?? `exit code ${code}`;
      fail(
        new PreparationEndedError(`${version} ended the process that loaded it (${end}) ${complaint}`.trim()),
      );
    });
  });
}

/** Requests go first where processors are few; a lower priority would starve it under full load. */
function lowerPriority(pid: number): void {
  try {
    setPriority(pid, priority);
  } catch {
    // Not allowed or already ended: it runs as it is.
  }
}
