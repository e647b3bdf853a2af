import { randomUUID } from "node:crypto";
import type { StoreLocation } from "../aws/store-location.ts";
import {
  type KeptState,
  type RetrainingState,
  readRetrainingState,
  writeRetrainingState,
} from "./retraining-state.ts";

/** A training that gives no sign of life for so long counts as interrupted. */
export const leaseMs = 10 * 60_000;
const renewEveryMs = 60_000;

export interface RetrainingLease {
  /** Gives the lease back, with the outcome of the training. */
  end(outcome: Pick<RetrainingState, "phase"> & Partial<RetrainingState>): Promise<RetrainingState>;
}

/**
 * Takes the lease of a training and renews it until `end`, as long as this process lives.
 *
 * @returns undefined when somebody else took the lease at the same moment
 * @throws StorageError when S3 fails
 */
export async function createRetrainingLease(
  location: StoreLocation,
  state: RetrainingState,
  condition: KeptState["condition"],
): Promise<RetrainingLease | undefined> {
  const holder = randomUUID();
  let held = condition;
  let writing: Promise<unknown> = Promise.resolve();

  /** Returns whether it was written. A refusal where the state that is there is our own means that an answer was lost. */
  const write = async (next: RetrainingState): Promise<boolean> => {
    const mine = { ...next, holder };
    let written = await writeRetrainingState(location, mine, held);
    if (written === undefined) {
      const kept = await readRetrainingState(location);
      if (kept.state?.holder === holder) written = await writeRetrainingState(location, mine, kept.condition);
    }
    if (written !== undefined) held = written;
    return written !== undefined;
  };
  const renew = () => write({ ...state, lease_until_ms: Date.now() + leaseMs });

  if (!(await renew())) return undefined;
  const timer = setInterval(() => {
    // When S3 fails for a minute, the next renewal is still in time.
    writing = writing.then(renew).catch(() => undefined);
  }, renewEveryMs);
  timer.unref();

  return {
    async end(outcome) {
      clearInterval(timer);
      await writing;
      const ended = { ...state, ...outcome, lease_until_ms: Date.now() };
      await write(ended);
      return ended;
    },
  };
}
