import type { StoreLocation } from "../aws/store-location.ts";
import { type KeptState, type RetrainingState, writeRetrainingState } from "./retraining-state.ts";

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
  const renewed = () => ({ ...state, lease_until_ms: Date.now() + leaseMs });
  const first = await writeRetrainingState(location, renewed(), condition);
  if (first === undefined) return undefined;
  let held: KeptState["condition"] = first;
  let writing: Promise<void> = Promise.resolve();

  const renew = async () => {
    // When S3 fails for a minute, the next renewal is still in time.
    const next = await writeRetrainingState(location, renewed(), held).catch(() => undefined);
    if (next !== undefined) held = next;
  };
  const timer = setInterval(() => {
    writing = writing.then(renew);
  }, renewEveryMs);
  timer.unref();

  return {
    async end(outcome) {
      clearInterval(timer);
      await writing;
      const ended = { ...state, ...outcome, lease_until_ms: Date.now() };
      await writeRetrainingState(location, ended, held);
      return ended;
    },
  };
}
