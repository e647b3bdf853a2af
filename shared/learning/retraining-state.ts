import * as z from "zod";
import type { StoreLocation } from "../aws/store-location.ts";

/** How far a training has come; kept in S3, so that of two jobs at once one works, and the next goes on where one ended. */
export const retrainingStateSchema = z.object({
  /** Names the training: also in the tags of the version it registers. */
  attempt: z.uuid(),
  /** Why it was begun. */
  reason: z.string(),
  started_ms: z.int(),
  /** Until then nobody else may take it over; moved on while it works. */
  lease_until_ms: z.int(),
  phase: z.enum(["training", "done", "failed"]),
  /** Labels up to this moment are in it. */
  labels_until_ms: z.int(),
  /** The drift that called for it, or went on when it began. */
  drift_episode: z.string().nullable(),
  /** What came of it. */
  version: z.string().optional(),
  outcome: z.string().optional(),
});
export type RetrainingState = z.infer<typeof retrainingStateSchema>;

const keyIn = ({ prefix }: StoreLocation) => `${prefix}retraining/state.json`;

export interface KeptState {
  /** Undefined before the first training. */
  state: RetrainingState | undefined;
  /** Under which the next state is written. */
  condition: { ifAbsent: true } | { ifMatch: string };
}

/** @throws StorageError when S3 cannot be read; SyntaxError, ZodError for a state that somebody has broken */
export async function readRetrainingState(location: StoreLocation): Promise<KeptState> {
  const object = await location.store.getObject(location.bucket, keyIn(location));
  if (object === undefined) return { state: undefined, condition: { ifAbsent: true } };
  const state = retrainingStateSchema.parse(JSON.parse(new TextDecoder().decode(object.bytes)));
  return { state, condition: { ifMatch: object.etag } };
}

/** Returns the condition of the next write; undefined when somebody else has written meanwhile. */
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
