import type { Convolution, Dense } from "./operations.ts";

/**
 * A kernel's values, each multiplied by the scale of its output channel (the last axis, or the last two of a depthwise
 * kernel).
 */
export function readScaledKernel({ kernel, kernelScale }: Convolution | Dense): Float32Array {
  const values = kernel.read();
  if (!kernelScale) return values;
  const scaled = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += kernelScale.length) {
    for (let channel = 0; channel < kernelScale.length; channel++) {
      scaled[start + channel] = (values[start + channel] as number) * (kernelScale[channel] as number);
    }
  }
  return scaled;
}
