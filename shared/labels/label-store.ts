import type { ListedObject } from "../aws/object-store.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import { ServiceError } from "../errors/service-error.ts";
import { mapInParallel } from "../resilience/in-parallel.ts";
import type { PredictionRecord } from "../schemas/inference-record.ts";
import { type LabelRecord, labelRecordSchema } from "../schemas/label.ts";
import { parseJsonOrUndefined } from "../schemas/parse-json.ts";
import { dayLengthMs } from "../time/durations.ts";
import { labelDayPrefix, labelKey, labelsPrefix, parseLabelKey, predictionPrefix } from "./label-keys.ts";

const parallelReads = 16;
const maximumAttempts = 20;

export interface NewLabel {
  prediction: PredictionRecord;
  label: string;
  labelledBy: string;
  source: LabelRecord["source"];
  nowMs: number;
}

/** When predictions were made: milliseconds since 1970, both included. */
export interface Period {
  sinceMs: number;
  untilMs: number;
}

export interface AddedLabel {
  record: LabelRecord;
  /** The label that the record corrects; undefined for the first. */
  previous: LabelRecord | undefined;
  /** False when the last label was the same and from the same person: then nothing was written. */
  isNew: boolean;
}

/** The current label of a prediction. */
export interface CurrentLabel extends LabelRecord {
  /** When the prediction got its first label, milliseconds since 1970. */
  first_labelled_ms: number;
}

/** The object of a label. */
export type ListedLabel = Pick<ListedObject, "key" | "etag">;

/** The first and the current label of a prediction. */
interface ListedLabels {
  oldest: ListedLabel;
  newest: ListedLabel;
}

export type LabelStore = ReturnType<typeof createLabelStore>;

/** Clinicians' labels beside the inference log. Every function throws StorageError when S3 fails. */
export function createLabelStore(location: StoreLocation) {
  const { store, bucket, prefix } = location;

  async function read(key: string): Promise<LabelRecord | undefined> {
    const object = await store.getObject(bucket, key);
    if (object === undefined) return undefined;
    return parseLabel(new TextDecoder().decode(object.bytes));
  }

  async function readCurrent({ oldest, newest }: ListedLabels): Promise<CurrentLabel | undefined> {
    const current = await read(newest.key);
    if (current === undefined) return undefined;
    const first = oldest === newest ? current : await read(oldest.key);
    return { ...current, first_labelled_ms: (first ?? current).labelled_ms };
  }

  async function listKeys(ofPrefix: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of store.listObjects(bucket, { prefix: ofPrefix })) {
      if (parseLabelKey(key) !== undefined) keys.push(key);
    }
    return keys;
  }

  /** The labels of the predictions of a period's days, in the order of their keys: a request per 1,000 labels, not per day. */
  async function listPredictions({ sinceMs, untilMs }: Period): Promise<Map<string, ListedLabels>> {
    const ofPredictions = new Map<string, ListedLabels>();
    // A day earlier: SeaweedFS leaves out the whole folder that a listing is to start after.
    const startAfter = labelDayPrefix(prefix, Math.max(0, sinceMs - dayLengthMs)).slice(0, -1);
    const endsBefore = labelDayPrefix(prefix, untilMs + dayLengthMs);
    for await (const { key, etag } of store.listObjects(bucket, {
      prefix: labelsPrefix(prefix),
      startAfter,
    })) {
      if (key >= endsBefore) break;
      const { predictionId } = parseLabelKey(key) ?? {};
      if (predictionId === undefined || key < labelDayPrefix(prefix, sinceMs)) continue;
      // Keys come in the order of their revisions.
      const newest = { key, etag };
      ofPredictions.set(predictionId, { oldest: ofPredictions.get(predictionId)?.oldest ?? newest, newest });
    }
    return ofPredictions;
  }

  return {
    /** Undefined for an object that is gone or holds no label. */
    read,

    /** The current labels of the predictions of a period's days, unread. */
    async listPeriod(period: Period): Promise<ListedLabel[]> {
      return [...(await listPredictions(period)).values()].map(({ newest }) => newest);
    },

    /**
     * Adds a label, or a correction of the last one; repeating the same person's last label changes nothing. Two
     * writers at once each get a revision of their own.
     *
     * @throws ServiceError 409 when others keep labelling the same prediction
     */
    async add({ prediction, label, labelledBy, source, nowMs }: NewLabel): Promise<AddedLabel> {
      const ofPrediction = predictionPrefix(prefix, prediction.prediction_id);
      if (ofPrediction === undefined) throw new TypeError("A prediction that was found by its id has a time");
      for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
        const keys = await listKeys(ofPrediction);
        const [last, beforeLast] = keys.slice(-2).reverse();
        const previous = last === undefined ? undefined : await read(last);
        if (previous?.label === label && previous.labelled_by === labelledBy) {
          const corrected = beforeLast === undefined ? undefined : await read(beforeLast);
          return { record: previous, previous: corrected, isNew: false };
        }
        const revision = (last === undefined ? 0 : (parseLabelKey(last)?.revision ?? 0)) + 1;
        const record: LabelRecord = labelRecordSchema.parse({
          ...{ prediction_id: prediction.prediction_id, revision, label, labelled_by: labelledBy, source },
          labelled_ms: nowMs,
          prediction,
        });
        const options = { contentType: "application/json", ifAbsent: true };
        const etag = await store.putObject(
          bucket,
          labelKey(ofPrediction, revision),
          `${JSON.stringify(record)}\n`,
          options,
        );
        if (etag !== undefined) return { record, previous, isNew: true };
      }
      throw new ServiceError(
        "label_conflict",
        "Others labelled this prediction at the same time; send the label again.",
        { status: 409 },
      );
    },

    /** Every label of one prediction, oldest first. */
    async readHistory(predictionId: string): Promise<LabelRecord[]> {
      const ofPrediction = predictionPrefix(prefix, predictionId);
      if (ofPrediction === undefined) return [];
      const records = await mapInParallel(await listKeys(ofPrediction), parallelReads, read);
      return records.filter((record) => record !== undefined);
    },

    /** The current label of each labelled prediction that was made in a period, oldest prediction first. */
    async readPeriod(period: Period): Promise<CurrentLabel[]> {
      const ofPredictions = [...(await listPredictions(period)).values()];
      const records = await mapInParallel(ofPredictions, parallelReads, readCurrent);
      return selectPeriod(
        records.filter((record) => record !== undefined),
        period,
      );
    },
  };
}

/** The labels of predictions that were made in a period, oldest prediction first. */
export const selectPeriod = <L extends LabelRecord>(
  records: readonly L[],
  { sinceMs, untilMs }: Period,
): L[] =>
  records
    .filter(({ prediction: { timestamp_ms: madeMs } }) => madeMs >= sinceMs && madeMs <= untilMs)
    .sort((a, b) => a.prediction.timestamp_ms - b.prediction.timestamp_ms);

/**
 * Labels by prediction id, in the order in which predictions got their first one. A correction keeps that place, so that
 * a test that is looked at again and again sees its trials in one order.
 */
export function orderByFirstLabel(labels: readonly CurrentLabel[]): Map<string, string> {
  const ordered = labels.toSorted((a, b) => a.first_labelled_ms - b.first_labelled_ms);
  return new Map(ordered.map(({ prediction_id: id, label }) => [id, label]));
}

/** Undefined for text that is not a label: a foreign object must not stop anybody. */
const parseLabel = (text: string): LabelRecord | undefined =>
  labelRecordSchema.safeParse(parseJsonOrUndefined(text)).data;
