import type { LoadOptions } from "../../inference/load-predictor.ts";
import type { ModelFiles, Predictor } from "../../schemas/model.ts";
import type { ModelSettings } from "../../settings/model.ts";

/** Measurements of a model that has answered pictures in a process of its own. */
export interface MeasuredModel {
  /** Peak memory, in MB, of the process that loaded it and answered. */
  peakMemoryMb: number;
  /** Median of three forward passes, in milliseconds; fewer where one takes a second or more. */
  inferenceTimeMs: number;
}

/** First message to the other process. */
export interface LoadOrder {
  files: ModelFiles;
  engine: ModelSettings["engine"];
  options: Omit<LoadOptions, "engine">;
}

/** The reply to it. */
export type LoadAnswer =
  | { facts: Omit<Predictor, "predict" | "dispose">; measured: MeasuredModel }
  | { problem: string };
