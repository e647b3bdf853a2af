import type { ImageMeasures } from "../../schemas/image-measures.ts";
import type { Language } from "../../schemas/language.ts";
import type { Decision } from "../../schemas/prediction.ts";
import type { Bins } from "./bins.ts";

/** What is compared of each prediction: an inference record, or a row of a reference window. */
export interface ComparedRecord {
  /** 0..1 per class. */
  probabilities: Readonly<Record<string, number>>;
  predicted_class: string;
  /** The classes that are named, where several can be right. */
  predicted_classes?: readonly string[] | undefined;
  /** Percent, 0..100. */
  confidence: number;
  /** Whether the confidence follows from the probabilities; absent in an inference record. */
  isConfidenceDerived?: boolean | undefined;
  image_measures?: { readonly [Name in keyof ImageMeasures]?: number | undefined } | undefined;
  inference_time_ms?: number | undefined;
  decision?: Decision | undefined;
  /** The model's pooled features, projected. */
  feature_projection?: string | undefined;
  /** `name/version`: features of two versions cannot be compared. */
  model_version?: string | undefined;
  model?: { readonly name: string; readonly version: string } | undefined;
  timestamp_ms?: number | undefined;
  /** The true class, where it is known. */
  label?: string | undefined;
}

export interface FigureTexts {
  title: string;
  /** The cause in words, when the current window has higher values and when it has lower ones. */
  higher: string;
  lower: string;
  /** What to look at. */
  advice: string;
}

/**
 * A number of every prediction that is compared with the reference, and all that belongs to it: name, unit, where it is
 * read, its words.
 */
export interface Figure {
  readonly name: string;
  readonly unit: "percent" | "ratio" | "ms" | "none";
  /** Higher is nearer to the root cause: pictures before answers. */
  readonly rank: number;
  /** How finely an hour summary counts it. */
  readonly bins: Bins;
  readonly read: (record: ComparedRecord) => number | undefined;
  /** The direction in which no change is more than a warning; absent where both may be drift. */
  readonly harmless?: "higher" | "lower";
  readonly texts: Readonly<Record<Language, FigureTexts>>;
}
