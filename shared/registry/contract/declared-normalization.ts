import { ModelError } from "../../errors/model-error.ts";
import {
  type NormalizationPreset,
  normalizationPresets as presets,
} from "../../schemas/normalization-presets.ts";

/** The fields of `input` that a preset stands for. @throws ModelError for an unknown name */
export function readPreset(name: unknown, place: string): NormalizationPreset {
  const preset = presets[String(name).toLowerCase()];
  if (preset !== undefined) return preset;
  throw new ModelError(
    `${place}: normalization: Expected one of ${Object.keys(presets).join(", ")} but received ${String(name)}; write others as value_range, mean, std and channel_order`,
  );
}

/** Reads `0.5` (for all three channels), `0.485, 0.456, 0.406`, or a list. Other values are returned as they are. */
export function readChannels(value: unknown): unknown {
  if (typeof value === "number") return [value, value, value];
  // A list as NumPy prints it, without commas, arrives as one text.
  const text = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof text !== "string") return value;
  return text
    .replace(/^[[(]|[\])]$/g, "")
    .split(/[\s,]+/)
    .filter((part) => part !== "")
    .map(Number);
}

/** Reads `0,1`, `[-1, 1]`, `0..255`, `0 to 1` or `0-1`. Other values are returned as they are. */
export function readRange(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const number = String.raw`(-?\d+(?:\.\d+)?|-?\.\d+)\.?`;
  const [, low, high] =
    new RegExp(`^[[(]?\\s*${number}\\s*(?:,|\\.\\.|to|-|\\s)\\s*${number}\\s*[\\])]?$`).exec(value.trim()) ??
    [];
  return low === undefined || high === undefined ? value : [Number(low), Number(high)];
}
