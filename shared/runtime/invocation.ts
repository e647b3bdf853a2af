import { AsyncLocalStorage } from "node:async_hooks";

/** The event that is being answered; every log line written meanwhile names it. */
export interface Invocation {
  readonly requestId: string;
  /** True for the first event of an execution environment. */
  readonly coldStart: boolean;
  predictionId?: string;
}

const storage = new AsyncLocalStorage<Invocation>();
let coldStart = true;

/**
 * Runs `answer` so that {@link currentInvocation} returns this invocation within it and in everything it calls or
 * starts. A module variable is not enough: under serverless-offline one process answers many events at once.
 */
export function runInvocation<T>(requestId: string, answer: () => Promise<T>): Promise<T> {
  const invocation: Invocation = { requestId, coldStart };
  coldStart = false;
  return storage.run(invocation, answer);
}

/** The invocation that this code runs for; undefined in the init phase and in work that no event started. */
export function currentInvocation(): Invocation | undefined {
  return storage.getStore();
}

/** Adds the id of the prediction to all further log lines of this invocation. */
export function notePrediction(predictionId: string): void {
  const invocation = storage.getStore();
  if (invocation !== undefined) invocation.predictionId = predictionId;
}
