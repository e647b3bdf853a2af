import type { PhotographMeasures } from "../schemas/photograph-measures.ts";

/** Lowest and highest value of a measure that a check accepts, both included. */
export type MeasureRange = readonly [lowest: number, highest: number];
export type MeasureLimits = Record<keyof PhotographMeasures, MeasureRange>;

const anything: MeasureRange = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/**
 * Limits of every measure where a model version declares none. Those of a fundus photograph's shape, colour and texture
 * enclose ten sources of fundus photographs. Those of a gradable one were set where hardly any of these photographs
 * fail (docs/input-checks.md has the rates and how they were found).
 */
export const defaultLimits: MeasureLimits = {
  disc_share: [0.4, 1],
  disc_width: anything,
  disc_height: [0.8, 1],
  disc_aspect: [0.6, 1.6],
  disc_roundness: [0.7, 1],
  corner_share: [0, 0.5],
  brightness: [20, 205],
  red_less_blue: [0.03, 0.8],
  red_less_green: [-0.04, 0.62],
  blue_share: [0, 0.325],
  red_spread: [0.018, 0.128],
  blue_spread: [0.009, 0.1],
  texture: [0, 0.095],
  entropy_bits: [1.9, 5.75],
  contrast: [0.06, 1],
  sharpness: [0.45, 1],
  burnt_out_share: [0, 0.08],
  evenness: [0.12, 1],
};

export const isWithin = (value: number, [lowest, highest]: MeasureRange): boolean =>
  value >= lowest && value <= highest;
