import { AsyncLocalStorage } from "node:async_hooks";

/** What is known of the event being answered; every log line written meanwhile carries it. */
export interface Invocation {
  readonly requestId: string;
  /** True for the first event of an execution environment. */
  readonly coldStart: boolean;
  predictionId?: string;
}

const storage = new AsyncLocalStorage<Invocation>();
let coldStart = true;

/**
 * Runs `answer` so that {@link currentInvocation} gives this invocation in it and in all it calls or starts.
 * A module variable would not do: under serverless-offline one process answers many events at once.
 */
export function runInvocation<T>(requestId: string, answer: () => Promise<T>): Promise<T> {
  const invocation: Invocation = { requestId, coldStart };
  coldStart = false;
  return storage.run(invocation, answer);
}

/** The invocation this code runs for; undefined in the init phase and in work that no event asked for. */
export function currentInvocation(): Invocation | undefined {
  return storage.getStore();
}

/** Lets every further log line of this invocation carry the id of its prediction. */
export function notePrediction(predictionId: string): void {
  const invocation = storage.getStore();
  if (invocation !== undefined) invocation.predictionId = predictionId;
}
