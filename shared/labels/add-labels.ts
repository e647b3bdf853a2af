import * as z from "zod";
import { mapInParallel } from "../resilience/in-parallel.ts";
import type { PredictionRecord } from "../schemas/inference-record.ts";
import type { LabelRecord } from "../schemas/label.ts";
import type { LabelStore } from "./label-store.ts";

const rowSchema = z.object(
  {
    prediction_id: z.uuid({
      error: ({ input }) => `Expected a prediction_id, a UUID, but received ${input || "none"}`,
    }),
    label: z
      .string({ error: "Expected a label but received none" })
      .min(1, "Expected a label but received none"),
    labelled_by: z.string("Expected a name in labelled_by").nullish(),
  },
  {
    error: ({ input }) =>
      `Expected JSON such as {"prediction_id":"…","label":"…"} but received ${(typeof input === "string" ? input : JSON.stringify(input)).slice(0, 80)}`,
  },
);

/** A row of a file that was not added. */
export interface RefusedLine {
  /** Number of the row, the first being 1. */
  line: number;
  reason: string;
}

export interface AddedLabels {
  added: number;
  /** Rows whose label was there already. */
  unchanged: number;
  refused: RefusedLine[];
}

interface Row {
  line: number;
  label: string;
  author: string;
}

export interface AddLabelsOptions {
  findPrediction(predictionId: string): Promise<PredictionRecord | undefined>;
  labels: Pick<LabelStore, "add" | "readHistory">;
  /** Author of rows that name nobody. */
  defaultAuthor: string;
  /** Called for each label that is stored, new or not: in an earlier run the call may have failed. */
  onLabel?: (predictionId: string) => Promise<void>;
  /** @param done rows that have been added or refused so far */
  onLine?: (done: number) => void;
  now?: () => number;
}

/** Predictions whose labels are added at the same time. */
const parallelPredictions = 16;

/**
 * Adds the labels of a file. Those of one prediction are added in the order of the file, so that a later row corrects
 * an earlier one. A row that cannot be added does not stop the others. Rows that an earlier run added in this order are
 * not added again, whatever has corrected them since.
 *
 * @param rows with `prediction_id`, `label` and optionally `labelled_by`
 * @throws StorageError when S3 fails; what was added stays, and adding the file again does not change it
 */
export async function addLabels(rows: readonly unknown[], options: AddLabelsOptions): Promise<AddedLabels> {
  const { findPrediction, labels, defaultAuthor, onLabel, onLine = () => {}, now = Date.now } = options;
  const outcome: AddedLabels = { added: 0, unchanged: 0, refused: [] };
  let done = 0;

  const refuse = (line: number, reason: string) => {
    outcome.refused.push({ line, reason });
    onLine(++done);
  };

  /** @param former labels of files that may have been this row: one of them is taken out with all before it */
  async function addRow(
    prediction: PredictionRecord,
    { line, label, author }: Row,
    former: LabelRecord[],
  ): Promise<void> {
    if (!Object.hasOwn(prediction.probabilities, label)) {
      const classes = Object.keys(prediction.probabilities).join(", ");
      return refuse(line, `Expected one of ${classes} for ${prediction.prediction_id} but received ${label}`);
    }
    const isNew = !takeFormer(former, label, author) && (await addLabel(prediction, label, author));
    await onLabel?.(prediction.prediction_id);
    outcome[isNew ? "added" : "unchanged"] += 1;
    onLine(++done);
  }

  async function addLabel(prediction: PredictionRecord, label: string, author: string): Promise<boolean> {
    const added = await labels.add({ prediction, label, labelledBy: author, source: "file", nowMs: now() });
    return added.isNew;
  }

  const ofPredictions = groupByPrediction(rows, defaultAuthor, refuse);
  // The ids begin with the time: predictions of one hour, whose records lie together, are looked for one after the other.
  const byTime = [...ofPredictions].sort(([first], [second]) => (first < second ? -1 : 1));
  await mapInParallel(byTime, parallelPredictions, async ([predictionId, itsRows]) => {
    const prediction = await findPrediction(predictionId);
    const history = prediction === undefined ? [] : await labels.readHistory(predictionId);
    const former = history.filter(({ source }) => source === "file");
    for (const row of itsRows) {
      if (prediction === undefined)
        refuse(row.line, `No record of prediction ${predictionId} is in the inference log`);
      else await addRow(prediction, row, former);
    }
  });
  outcome.refused.sort((a, b) => a.line - b.line);
  return outcome;
}

/** Whether an earlier run added this label; the next row can only have been added after it. */
function takeFormer(former: LabelRecord[], label: string, author: string): boolean {
  const at = former.findIndex((old) => old.label === label && old.labelled_by === author);
  if (at >= 0) former.splice(0, at + 1);
  return at >= 0;
}

/** The valid rows, in their order, by the id of their prediction in lower case. */
function groupByPrediction(
  rows: readonly unknown[],
  defaultAuthor: string,
  refuse: (line: number, reason: string) => void,
): Map<string, Row[]> {
  const ofPredictions = new Map<string, Row[]>();
  for (const [index, row] of rows.entries()) {
    const parsed = rowSchema.safeParse(row);
    if (!parsed.success) {
      refuse(index + 1, parsed.error.issues.map(({ message }) => message).join("; "));
      continue;
    }
    const { prediction_id: id, label, labelled_by: person } = parsed.data;
    const rowsOfOne = ofPredictions.get(id.toLowerCase()) ?? [];
    rowsOfOne.push({ line: index + 1, label, author: person || defaultAuthor });
    ofPredictions.set(id.toLowerCase(), rowsOfOne);
  }
  return ofPredictions;
}
