import * as z from "zod";
import type { PredictionRecord } from "../contracts/inference-record.ts";
import type { LabelStore } from "./label-store.ts";

const rowSchema = z.object({
  prediction_id: z.uuid({
    error: ({ input }) => `Expected a prediction_id, a UUID, but received ${input ?? "none"}`,
  }),
  label: z
    .string({ error: "Expected a label but received none" })
    .min(1, "Expected a label but received none"),
  labelled_by: z.string().optional(),
});

/** A line of a file that was not added. */
export interface RefusedLine {
  /** Number of the row, the first being 1. */
  line: number;
  reason: string;
}

export interface AddedLabels {
  added: number;
  /** Labels that were there already. */
  unchanged: number;
  refused: RefusedLine[];
}

/**
 * Adds labels one after the other, in the order of the file, so that a later row of the same prediction corrects an earlier
 * one. A row that cannot be added stops no other; one that was added before, from whatever file, is not added again.
 *
 * @param rows with `prediction_id`, `label` and, where it is known, `labelled_by`
 * @throws StorageError when S3 fails; what was added stays, and adding the file again changes nothing of it
 */
export async function addLabels(
  rows: readonly Record<string, unknown>[],
  options: {
    findPrediction(predictionId: string): Promise<PredictionRecord | undefined>;
    labels: Pick<LabelStore, "add" | "readHistory">;
    /** Who is kept where a row names nobody. */
    defaultAuthor: string;
    /** Told of a label that counts from now on, once it is kept. */
    onLabel?: (predictionId: string) => Promise<void>;
    onLine?: (done: number) => void;
    now?: () => number;
  },
): Promise<AddedLabels> {
  const { findPrediction, labels, defaultAuthor, onLabel, onLine = () => {}, now = Date.now } = options;
  const outcome: AddedLabels = { added: 0, unchanged: 0, refused: [] };
  const refuse = (line: number, reason: string) => outcome.refused.push({ line, reason });

  async function addRow(row: Record<string, unknown>, line: number): Promise<void> {
    const parsed = rowSchema.safeParse(row);
    if (!parsed.success) {
      refuse(line, parsed.error.issues.map(({ message }) => message).join("; "));
      return;
    }
    const { prediction_id: predictionId, label, labelled_by: author } = parsed.data;
    const prediction = await findPrediction(predictionId.toLowerCase());
    if (prediction === undefined) {
      refuse(line, `No record of prediction ${predictionId} is in the inference log`);
      return;
    }
    if (!Object.hasOwn(prediction.probabilities, label)) {
      const classes = Object.keys(prediction.probabilities).join(", ");
      refuse(line, `Expected one of ${classes} for ${predictionId} but received ${label}`);
      return;
    }
    const labelledBy = author || defaultAuthor;
    const history = await labels.readHistory(prediction.prediction_id);
    if (
      history.some((old) => old.source === "file" && old.label === label && old.labelled_by === labelledBy)
    ) {
      outcome.unchanged += 1;
      return;
    }
    const { isNew } = await labels.add({
      prediction,
      label,
      labelledBy,
      source: "file",
      nowMs: now(),
    });
    if (isNew) outcome.added += 1;
    else outcome.unchanged += 1;
    if (isNew) await onLabel?.(prediction.prediction_id);
  }

  for (const [index, row] of rows.entries()) {
    await addRow(row, index + 1);
    onLine(index + 1);
  }
  return outcome;
}
