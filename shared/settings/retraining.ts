import * as z from "zod";
import { flag, numberBetween } from "./types.ts";

/** When a new version is trained, and whether it serves by itself. */
export const retrainingSettings = z
  .object({
    /** Number of labels since the last training that calls for another one; 0: labels never do. */
    RETRAINING_LABELS: numberBetween(0, 1_000_000, 0),
    /** Whether drift calls for a training, once each time it begins. */
    RETRAINING_ON_DRIFT: flag(false),
    /** Days after the last training when another one is due in any case; 0: time never calls for one. */
    RETRAINING_DAYS: numberBetween(0, 3_650, 0),
    /** Least number of days from the beginning of one training to the next, whatever calls for it. */
    RETRAINING_COOLDOWN_DAYS: numberBetween(0, 365, 7),
    /** Whether a version that passes every check of the gate serves at once, without anybody's approval. */
    RETRAINING_PROMOTE: flag(false),
  })
  .transform((v) => ({
    labels: v.RETRAINING_LABELS,
    onDrift: v.RETRAINING_ON_DRIFT,
    days: v.RETRAINING_DAYS,
    cooldownDays: v.RETRAINING_COOLDOWN_DAYS,
    promote: v.RETRAINING_PROMOTE,
  }));
export type RetrainingSettings = z.output<typeof retrainingSettings>;
