import * as z from "zod";
import { numberBetween } from "./types.ts";

/** What a version must fulfil before it serves. Read by the commands that promote versions, not by the functions. */
export const gateSettings = z
  .object({
    /** Folder, or `s3://bucket/prefix`, of labelled photographs that no version is trained on. */
    EVALUATION_SET: z.string().optional(),
    /** Table of their labels, relative to the folder; without it the names of subfolders are the labels. */
    EVALUATION_LABELS: z.string().optional(),
    /** By how much, 0..1, a version's sensitivity for a class may be below the serving version's. */
    GATE_MARGIN: numberBetween(0.001, 1, 0.1),
    GATE_MAXIMUM_CALIBRATION_ERROR: numberBetween(0, 1, 0.15),
    /** Share of photographs, 0..1, that must keep their class when their frame or quality is changed a little. */
    GATE_MINIMUM_STABILITY: numberBetween(0, 1, 0.8),
    GATE_MAXIMUM_INFERENCE_MS: numberBetween(1, 60_000, 1_000),
    /** Default: the memory of the predict function. */
    GATE_MAXIMUM_MEMORY_MB: numberBetween(128, 10_240, 1_769),
  })
  .transform((v) => ({
    evaluationSet: v.EVALUATION_SET,
    evaluationLabels: v.EVALUATION_LABELS,
    margin: v.GATE_MARGIN,
    maximumCalibrationError: v.GATE_MAXIMUM_CALIBRATION_ERROR,
    minimumStability: v.GATE_MINIMUM_STABILITY,
    maximumInferenceMs: v.GATE_MAXIMUM_INFERENCE_MS,
    maximumMemoryMb: v.GATE_MAXIMUM_MEMORY_MB,
  }));
export type GateSettings = z.output<typeof gateSettings>;
