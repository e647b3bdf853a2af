import { type ChildProcess, fork } from "node:child_process";
import { setPriority } from "node:os";
import { ModelError } from "../../errors/model-error.ts";
import { ServiceError } from "../../errors/service-error.ts";
import type { LoadOptions } from "../../inference/load-predictor.ts";
import { nameVersion } from "../../inference/name-version.ts";
import { startAwakeTimer } from "../../resilience/awake-timer.ts";
import type { ModelAnswer, ModelFiles, PixelTensor, Predictor } from "../../schemas/model.ts";
import type { ModelSettings } from "../../settings/model.ts";
import type { LoadAnswer, LoadOrder, MeasuredModel } from "./model-process-messages.ts";

/** A model in a process of its own, which ends when the predictor is disposed. */
export interface ModelProcess extends MeasuredModel {
  predictor: Predictor;
}

export interface ModelProcessOptions extends Omit<LoadOptions, "engine"> {
  engine: ModelSettings["engine"];
  /** Time for the model to load and answer a few pictures, without that of a freeze; a slower one is given up. */
  loadLimitMs: number;
  /** Time for one picture; a process that takes longer is ended. */
  answerLimitMs?: number;
  /** Whether it shares the processors equally with requests; by default requests go first. */
  isEqual?: boolean;
}

/** The process of a model has ended: the model crashed it, or did not answer in time. */
export class ModelProcessEndedError extends ModelError {}

/** Lower than that of requests, but high enough not to starve under full load. */
const priority = 10;
/** Signals with which somebody ends a process, as Ctrl-C does; a model that crashes ends its process with others. */
const requestsToEnd: readonly (NodeJS.Signals | null)[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Loads a model in a process of its own. An engine blocks the thread that calls it; in another process it holds up no
 * request, can be ended when it hangs, and takes nothing else down when it crashes.
 *
 * @throws ModelError when the model cannot be served, or is not ready in time
 * @throws ServiceError `preparation_stopped` when somebody ended the process
 */
export async function openModelProcess(
  files: ModelFiles,
  { engine, loadLimitMs, answerLimitMs, isEqual = false, ...options }: ModelProcessOptions,
): Promise<ModelProcess> {
  const { programMarker, programPath } = await import("./model-process-program.ts");
  const child = fork(programPath, [programMarker], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    execArgv: [],
    serialization: "advanced", // passes typed arrays as they are
  });
  const name = nameVersion(files.identity);
  const talk = createConversation(child, name);
  child.once("spawn", () => {
    if (child.pid !== undefined && !isEqual) lowerPriority(child.pid);
  });
  const order: LoadOrder = { files, engine, options };
  const late = `${name} was not ready after ${loadLimitMs / 1000} s`;
  const answer = (await talk.ask(order, loadLimitMs, () => new ModelError(late))) as LoadAnswer;
  if ("problem" in answer) {
    await talk.end();
    throw new ModelError(answer.problem);
  }
  return {
    ...answer.measured,
    predictor: { ...answer.facts, predict: createPredict(talk, answerLimitMs), dispose: talk.end },
  };
}

/** One picture after the other, so that none spends its time limit waiting for another. */
function createPredict(talk: Conversation, limitMs: number | undefined): Predictor["predict"] {
  let last: Promise<unknown> = Promise.resolve();
  const late = () => new ModelProcessEndedError(`It took longer than ${limitMs} ms for a photograph`);
  const predictNow = async (pixels: PixelTensor) => {
    const answer = (await talk.ask(pixels, limitMs, late)) as ModelAnswer | { problem: string };
    if ("problem" in answer) throw new ModelError(answer.problem);
    return answer;
  };
  return (pixels) => {
    const next = last.then(() => predictNow(pixels));
    last = next.catch(() => {});
    return next;
  };
}

interface Conversation {
  /** Sends one message and waits for the reply. A reply that takes longer than `limitMs` ends the process. */
  ask(message: object, limitMs: number | undefined, late: () => Error): Promise<unknown>;
  end(): Promise<void>;
}

function createConversation(child: ChildProcess, name: string): Conversation {
  let settle: { resolve(answer: unknown): void; reject(error: Error): void } | undefined;
  let failure: Error | undefined;
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-500);
  });
  const fail = (error: Error) => {
    failure ??= error;
    settle?.reject(failure);
  };
  // Before what removes its files, into which it may be writing.
  const kill = () => child.kill("SIGKILL");
  process.prependOnceListener("exit", kill);
  child.on("message", (answer) => settle?.resolve(answer));
  child.once("error", fail);
  const closed = new Promise<void>((resolve) => {
    child.once("close", (code, signal) => {
      process.off("exit", kill);
      fail(describeEnd(name, code, signal, complaint));
      resolve();
    });
  });
  const end = async () => {
    child.kill("SIGKILL");
    await closed;
  };
  return {
    async ask(message, limitMs, late) {
      if (failure !== undefined) throw failure;
      const asked = Promise.withResolvers<unknown>();
      settle = asked;
      const giveUp = () => {
        failure = late();
        void end();
      };
      const stopTimer = limitMs === undefined ? () => {} : startAwakeTimer(limitMs, giveUp);
      // Sending fails only once the process has ended, which its `close` event reports.
      child.send(message, () => {});
      try {
        return await asked.promise;
      } finally {
        stopTimer();
      }
    },
    end,
  };
}

function describeEnd(
  name: string,
  code: number | null,
  signal: NodeJS.Signals | null,
  complaint: string,
): Error {
  if (requestsToEnd.includes(signal))
    return new ServiceError("preparation_stopped", `${name} was stopped while it was loaded (${signal})`);
  const end = signal ?? `exit code ${code}`;
  return new ModelProcessEndedError(`${name} ended the process that loaded it (${end}) ${complaint}`.trim());
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, priority);
  } catch {
    // Not allowed or already ended: it runs as it is.
  }
}
