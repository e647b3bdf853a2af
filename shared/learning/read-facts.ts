import * as z from "zod";
import { parseJson } from "../aws/parse-json.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import { createLabelStore, type Period } from "../labels/label-store.ts";
import { alertStateKey } from "../schemas/kept-by-drift.ts";
import type { LabelRecord } from "../schemas/label.ts";
import { dayLengthMs } from "../time/durations.ts";
import type { RetrainingFacts } from "./decide-retraining.ts";
import { endInterrupted, type KeptState, readRetrainingState } from "./retraining-state.ts";

/** How far back labels are read, by the time of their predictions. */
const lookBackMs = 180 * dayLengthMs;

const alertStateSchema = z.object({ episode: z.object({ id: z.string() }).nullable() });

export interface LearningFacts extends RetrainingFacts {
  kept: KeptState;
  /** The current labels of the last half year's predictions. */
  labels: LabelRecord[];
}

/**
 * Reads what a decision to train depends on.
 *
 * @param readLabels gives the current labels of a period's predictions
 * @throws StorageError when S3 cannot be read
 */
export async function readLearningFacts(
  location: StoreLocation,
  nowMs: number,
  readLabels: (period: Period) => Promise<LabelRecord[]> = createLabelStore(location).readPeriod,
): Promise<LearningFacts> {
  const [kept, labels, driftEpisode] = await Promise.all([
    readRetrainingState(location),
    readLabels({ sinceMs: Math.max(0, nowMs - lookBackMs), untilMs: nowMs }),
    readDriftEpisode(location),
  ]);
  const last = endInterrupted(kept.state, nowMs);
  const sinceMs = last?.labels_until_ms ?? 0;
  const newLabels = labels.filter(({ labelled_ms: labelledMs }) => labelledMs > sinceMs).length;
  return { kept, labels, last, newLabels, driftEpisode, nowMs };
}

/** Id of the drift that the drift job has reported and not yet ended; null when there is none. */
async function readDriftEpisode({ store, bucket, prefix }: StoreLocation): Promise<string | null> {
  const object = await store.getObject(bucket, alertStateKey(prefix));
  if (object === undefined) return null;
  try {
    const state = alertStateSchema.safeParse(parseJson(object.bytes));
    return state.data?.episode?.id ?? null;
  } catch {
    return null;
  }
}
