import { ModelError } from "../errors/model-error.ts";

type Normalization = Record<"value_range" | "mean" | "std" | "channel_order", unknown>;

const imagenet = { value_range: [0, 1], mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
const between = { value_range: [-1, 1], mean: [0, 0, 0], std: [1, 1, 1] };

/** Names of torchvision, timm and of the modes of `keras.applications.imagenet_utils.preprocess_input`. */
const presets: Record<string, Normalization> = {
  imagenet: { ...imagenet, channel_order: "rgb" },
  torch: { ...imagenet, channel_order: "rgb" },
  torchvision: { ...imagenet, channel_order: "rgb" },
  caffe: {
    value_range: [0, 255],
    mean: [103.939, 116.779, 123.68],
    std: [1, 1, 1],
    channel_order: "bgr",
  },
  tf: { ...between, channel_order: "rgb" },
  inception: { ...between, channel_order: "rgb" },
};

/** What a preset says of each field of `input`. @throws ModelError for an unknown name */
export function readPreset(name: unknown, place: string): Normalization {
  const preset = presets[String(name).toLowerCase()];
  if (preset !== undefined) return preset;
  throw new ModelError(
    `${place}: normalization: Expected one of ${Object.keys(presets).join(", ")} but received ${String(name)}; others are written as value_range, mean, std and channel_order`,
  );
}

/** `0.5` for all three channels, `0.485, 0.456, 0.406`, or a list. */
export function readChannels(value: unknown): unknown {
  if (typeof value === "number") return [value, value, value];
  // As NumPy prints it, with spaces alone, a list is one text.
  const text = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof text !== "string") return value;
  return text
    .replace(/^[[(]|[\])]$/g, "")
    .split(/[\s,]+/)
    .filter((part) => part !== "")
    .map(Number);
}

/** `0,1`, `[-1, 1]`, `0..255`, `0 to 1`, `0-1`. */
export function readRange(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const number = String.raw`(-?\d+(?:\.\d+)?|-?\.\d+)\.?`;
  const [, low, high] =
    new RegExp(`^[[(]?\\s*${number}\\s*(?:,|\\.\\.|to|-|\\s)\\s*${number}\\s*[\\])]?$`).exec(value.trim()) ??
    [];
  return low === undefined || high === undefined ? value : [Number(low), Number(high)];
}
