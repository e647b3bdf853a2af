import type { LoadOptions } from "../inference/load-predictor.ts";
import type { ModelFiles, Predictor } from "../schemas/model.ts";
import type { ModelSettings } from "../settings/model.ts";

/** What was measured of a model that has answered pictures in a process of its own. */
export interface MeasuredModel {
  /** Highest memory of the process that loaded it and answered, in MB. */
  peakMemoryMb: number;
  /** Median of several forward passes, in milliseconds; of one pass where it takes more than a second. */
  inferenceTimeMs: number;
}

/** What the other process is told first. */
export interface LoadOrder {
  files: ModelFiles;
  engine: ModelSettings["engine"];
  options: Omit<LoadOptions, "engine">;
}

/** What it answers to that. */
export type LoadAnswer =
  | { facts: Omit<Predictor, "predict" | "dispose">; measured: MeasuredModel }
  | { problem: string };
