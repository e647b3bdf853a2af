import * as z from "zod";
import { computeCertainty, selectTrueClasses } from "../../schemas/class-verdicts.ts";
import { imageMeasuresSchema } from "../../schemas/image-measures.ts";
import { parseJsonOrUndefined } from "../../schemas/parse-json.ts";
import { decisionSchema } from "../../schemas/prediction.ts";
import type { ComparedRecord } from "../figures/figure.ts";

/** A reference with fewer rows says too little about what is usual. */
export const minimumReferenceRows = 100;
/** More rows would not improve a test that compares them with a hundred predictions. */
export const maximumReferenceRows = 5_000;

/** One line of a reference window: an inference record, or a row written from a validation set. */
const rowSchema = z.looseObject({
  probabilities: z.record(z.string(), z.number().min(0).max(1)),
  predicted_class: z.string().optional(),
  predicted_classes: z.array(z.string()).optional(),
  confidence: z.number().min(0).max(100).optional(),
  image_measures: imageMeasuresSchema.partial().optional(),
  inference_time_ms: z.number().nonnegative().optional(),
  timestamp_ms: z.number().optional(),
  decision: decisionSchema.optional(),
  feature_projection: z.string().optional(),
  /** `name/version`; only features of one version can be compared. */
  model_version: z.string().optional(),
  label: z.string().optional(),
});

/** What may stand in the first line. */
const headerSchema = z.object({
  kind: z.literal("reference_window"),
  source: z.string().optional(),
  compare: z.boolean().optional(),
});

export interface ReferenceWindow {
  /** Where it comes from, for the report: an address or a file name. */
  source: string;
  rows: ComparedRecord[];
  /** `name/version` whose own window it is: other versions' predictions are not judged beside it. Absent for a past time. */
  version?: string;
  /**
   * Whether it only shows what to expect of the rules and how often the version is right: photographs from many clinics
   * are not a measure for the pictures and the classes of one.
   */
  limitsAlone?: boolean;
}

/**
 * Reads a reference window: JSON lines, one prediction each. Class and confidence follow from the probabilities where a
 * row does not name them. Lines of an inference log that are not predictions are skipped. Only the last 5,000 rows of a
 * longer window are taken, so that neighbours, which show how rows depend on one another, stay neighbours. A first line
 * `{"kind": "reference_window", "compare": false}` makes it a window for the rules alone.
 *
 * @throws RangeError that names a line that is not a row, or when there are fewer than 100 rows
 */
export function parseReferenceWindow(text: string, source: string): ReferenceWindow {
  const rows = parseComparedRecords(text, source);
  if (rows.length < minimumReferenceRows) {
    throw new RangeError(
      `Expected at least ${minimumReferenceRows} predictions in the reference window ${source} but received ${rows.length}`,
    );
  }
  const limitsAlone = readHeader(text)?.compare === false;
  return { source, rows: rows.slice(-maximumReferenceRows), ...(limitsAlone && { limitsAlone }) };
}

/** The first line, where it is not a prediction but describes the window. */
export const readHeader = (text: string) =>
  headerSchema.safeParse(parseJsonOrUndefined(text.slice(0, Math.max(0, text.indexOf("\n"))))).data;

/**
 * Reads JSON lines of predictions.
 *
 * @throws RangeError that names a line that is not one
 */
export function parseComparedRecords(text: string, source: string): ComparedRecord[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const value = parseJsonOrUndefined(line);
    if (isOtherRecord(value)) return [];
    const parsed = rowSchema.safeParse(value);
    if (!parsed.success || Object.keys(parsed.data.probabilities).length < 2) {
      throw new RangeError(
        `${source}, line ${index + 1}: expected a prediction with probabilities of two classes or more but received ${line.slice(0, 60)}`,
      );
    }
    return [completeRow(parsed.data)];
  });
}

function completeRow(row: z.output<typeof rowSchema>): ComparedRecord {
  const { probabilities, predicted_classes: classes, confidence } = row;
  const [predicted] = Object.entries(probabilities).reduce((best, next) => (next[1] > best[1] ? next : best));
  return {
    ...row,
    predicted_class: row.predicted_class ?? predicted,
    confidence: confidence ?? toPercent(computeCertainty(probabilities, classes !== undefined)),
    isConfidenceDerived: confidence === undefined,
  };
}

/**
 * Completes rows that name no classes as `POST /predict` does where several can be right, which the rows do not say:
 * with the classes that are true, of which there may be none, and, where a row gave no confidence, the certainty of the
 * least sure verdict.
 */
export function completeVerdicts(rows: readonly ComparedRecord[]): ComparedRecord[] {
  return rows.map((row) => {
    if (row.predicted_classes !== undefined) return row;
    const { probabilities, isConfidenceDerived } = row;
    const confidence = isConfidenceDerived
      ? toPercent(computeCertainty(probabilities, true))
      : row.confidence;
    return { ...row, predicted_classes: selectTrueClasses(probabilities), confidence };
  });
}

/** With two decimals, as in an inference record: a model that is nearly sure of everything says 100 in both. */
const toPercent = (probability: number): number => Math.round(probability * 10_000) / 100;

/** An inference log also holds errors, health checks and model loads. */
const isOtherRecord = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "kind" in value && value.kind !== "prediction";
