import * as z from "zod";
import { parseJson } from "../aws/parse-json.ts";
import type { StoreLocation } from "../aws/store-location.ts";

/**
 * Progress of a training. It is kept in S3, so that only one of two jobs trains, and a job resumes what another left.
 */
export const retrainingStateSchema = z.object({
  /** The process that works on it and renews the lease. */
  holder: z.uuid().optional(),
  /** Id of the training; also a tag of the version that it registers. */
  attempt: z.uuid(),
  /** Why it was begun. */
  reason: z.string(),
  started_ms: z.int(),
  /** Until then no other job may take the training over; extended while it runs. */
  lease_until_ms: z.int(),
  phase: z.enum(["training", "done", "failed"]),
  /** How often it was resumed after an interruption; absent before the first time. */
  resumptions: z.int().nonnegative().optional(),
  /** The training uses labels up to this moment. */
  labels_until_ms: z.int(),
  /** The drift that called for it, or was going on when it began. */
  drift_episode: z.string().nullable(),
  /** Those two of the training before; a training that fails puts them back, so that what called for it calls again. */
  before: z.object({ labels_until_ms: z.int(), drift_episode: z.string().nullable() }).optional(),
  /** The version that was registered, and the outcome in words. */
  version: z.string().optional(),
  outcome: z.string().optional(),
});
export type RetrainingState = z.infer<typeof retrainingStateSchema>;

/** What is interrupted again and again, by too little memory or time, would be so every hour. */
const maximumResumptions = 2;

/** The state, but failed where nobody works on the training any more and it was resumed as often as it may be. */
export function endInterrupted(
  state: RetrainingState | undefined,
  nowMs: number,
): RetrainingState | undefined {
  const isOver =
    state?.phase === "training" &&
    nowMs >= state.lease_until_ms &&
    (state.resumptions ?? 0) >= maximumResumptions;
  if (!isOver) return state;
  const outcome = `It was interrupted ${maximumResumptions + 1} times`;
  return { ...state, phase: "failed", outcome, ...state.before };
}

const keyIn = ({ prefix }: StoreLocation) => `${prefix}retraining/state.json`;

export interface KeptState {
  /** Undefined before the first training. */
  state: RetrainingState | undefined;
  /** Condition for writing the next state. */
  condition: { ifAbsent: true } | { ifMatch: string };
}

/** @throws StorageError when S3 cannot be read; SyntaxError or ZodError when somebody has damaged the state */
export async function readRetrainingState(location: StoreLocation): Promise<KeptState> {
  const object = await location.store.getObject(location.bucket, keyIn(location));
  if (object === undefined) return { state: undefined, condition: { ifAbsent: true } };
  const state = retrainingStateSchema.parse(parseJson(object.bytes));
  return { state, condition: { ifMatch: object.etag } };
}

/**
 * Returns the condition for the next write; undefined when somebody else has written meanwhile.
 *
 * @throws StorageError when S3 fails
 */
export async function writeRetrainingState(
  location: StoreLocation,
  state: RetrainingState,
  condition: KeptState["condition"],
): Promise<KeptState["condition"] | undefined> {
  const options = { contentType: "application/json", ...condition };
  const etag = await location.store.putObject(
    location.bucket,
    keyIn(location),
    JSON.stringify(retrainingStateSchema.parse(state)),
    options,
  );
  return etag === undefined ? undefined : { ifMatch: etag };
}
