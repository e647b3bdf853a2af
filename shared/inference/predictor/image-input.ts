import { ModelError } from "../../errors/model-error.ts";
import type { PixelTensor } from "../../schemas/model.ts";
import type { TensorDescription } from "../engines/inference-engine.ts";

/** How a graph takes its one image. */
export interface ImageInput {
  layout: "channels_last" | "channels_first";
  height: number;
  width: number;
}

const channels = 3;

/**
 * Reads a graph's input shape: `[N, height, width, 3]`, or `[N, 3, height, width]` as PyTorch exports it. Sizes that
 * the graph leaves open are taken from `declared`.
 *
 * @throws ModelError when it takes no RGB image, or its size is neither in the graph nor declared
 */
export function readImageInput(
  input: TensorDescription,
  declared?: { height?: number | undefined; width?: number | undefined },
): ImageInput {
  const [batch, ...sizes] = input.shape;
  const layout = findLayout(input);
  const [graphHeight, graphWidth] = layout === "channels_last" ? sizes : sizes.slice(1);
  const height = graphHeight ?? declared?.height;
  const width = graphWidth ?? declared?.width;
  if (height === undefined || width === undefined) {
    throw new ModelError(
      `The graph's input ${describe(input)} leaves its size open; declare it, as in metadata={"input_size": "224x224"}, or as input height and width in model-contract.json`,
    );
  }
  if (batch !== null && batch !== 1) {
    throw new ModelError(`The graph's input ${describe(input)} takes ${batch} images at once; one is needed`);
  }
  return { layout, height, width };
}

function findLayout(input: TensorDescription): ImageInput["layout"] {
  const [, first, , last] = input.shape;
  const isLast = last === channels;
  const isFirst = first === channels;
  if (input.shape.length !== 4 || isLast === isFirst) {
    throw new ModelError(
      `Expected an input [N, height, width, 3] or [N, 3, height, width] but the graph takes ${describe(input)}; ${adviseOn(input.shape)}`,
    );
  }
  return isLast ? "channels_last" : "channels_first";
}

/** What to do with a graph whose input is not known to be one RGB picture. */
function adviseOn(shape: TensorDescription["shape"]): string {
  const ends = shape.length === 4 ? [shape[1], shape[3]] : [shape[0], shape.at(-1)];
  if (shape.length === 3 && ends.includes(channels))
    return "it lacks the axis of the batch: export it with one, in PyTorch with torch.zeros(1, 3, height, width) as the example";
  if (shape.length === 4 && ends.every((size) => size === channels))
    return "both its second and its last axis may be the colours: export it for pictures of more than 3 rows and columns";
  if (shape.length === 4 && ends.includes(null))
    return (
      "the axis of the colours is open: export it with 3 there, in PyTorch with the batch as the only dynamic axis, or set it in the ONNX file: " +
      "model.graph.input[0].type.tensor_type.shape.dim[1].dim_value = 3 (dim[3] where the colours are the last axis)"
    );
  return (
    "the service gives RGB pictures, so wrap the model in one that takes them, in Keras for grey values: " +
    "image = keras.Input((height, width, 3)), keras.Model(image, model(keras.ops.image.rgb_to_grayscale(image)))"
  );
}

function describe({ name, shape }: TensorDescription): string {
  return `${name} [${shape.map((size) => size ?? "N").join(", ")}]`;
}

/** Shape of the graph's input tensor. */
export function shapeOfInput({ layout, height, width }: ImageInput): number[] {
  return layout === "channels_last" ? [1, height, width, channels] : [1, channels, height, width];
}

/** Pixels in the graph's order. @throws ModelError when they are not of the graph's size. */
export function arrangePixels(pixels: PixelTensor, input: ImageInput): Float32Array {
  const { data, height, width } = pixels;
  if (height !== input.height || width !== input.width || data.length !== height * width * channels) {
    throw new ModelError(
      `Expected ${input.height} x ${input.width} x ${channels} pixel values but received ${height} x ${width} with ${data.length} values`,
    );
  }
  return input.layout === "channels_last" ? data : toChannelsFirst(data);
}

function toChannelsFirst(data: Float32Array): Float32Array {
  const count = data.length / channels;
  const planes = new Float32Array(data.length);
  for (let pixel = 0; pixel < count; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      planes[channel * count + pixel] = data[pixel * channels + channel] as number;
    }
  }
  return planes;
}
