import type { ModelContract } from "../../schemas/model.ts";

/** How the values of a picture become a model's. */
export type Normalization = Pick<ModelContract["input"], "value_range" | "channel_order" | "mean" | "std">;

/**
 * Channel values 0..255 as a model takes them: in its channel order, mapped linearly onto its value range, less its
 * mean, divided by its standard deviation (torchvision's `ToTensor` and `Normalize`, `keras.applications`'
 * `preprocess_input`).
 *
 * @param values RGB, three per pixel; fractions where the resizing gives them
 * @param result where the values go: as many, three per pixel in the model's channel order
 */
export function normalizeValues(
  values: ArrayLike<number>,
  normalization: Normalization,
  result: Float32Array = new Float32Array(values.length),
): Float32Array {
  const { value_range, channel_order, mean, std } = normalization;
  const [low, high] = value_range;
  result.set(values);
  for (let channel = 0; channel < 3; channel++) {
    const from = channel_order === "bgr" ? 2 - channel : channel;
    const scale = (high - low) / 255 / (std[channel] as number);
    const offset = (low - (mean[channel] as number)) / (std[channel] as number);
    if (scale === 1 && offset === 0 && from === channel) continue;
    for (let i = 0; i < result.length; i += 3)
      result[i + channel] = (values[i + from] as number) * scale + offset;
  }
  return result;
}
