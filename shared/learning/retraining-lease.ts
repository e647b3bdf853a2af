import type { StoreLocation } from "../aws/store-location.ts";
import { type KeptState, type RetrainingState, writeRetrainingState } from "./retraining-state.ts";

/** Without a sign of life for so long a training counts as interrupted. */
export const leaseMs = 10 * 60_000;
const renewEveryMs = 60_000;

export interface RetrainingLease {
  /** Gives it back with what came of the training. */
  end(outcome: Pick<RetrainingState, "phase" | "version" | "outcome">): Promise<RetrainingState>;
}

/**
 * Takes a training over and keeps it until `end`, as long as this process lives.
 *
 * @returns undefined when somebody else took it at the same moment
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
    // S3 that fails for a minute takes nothing away: the next renewal is in time.
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
