import type { Weight } from "./weight.ts";

/** Sizes of a value in the order batch, height, width, channels; `null` is the batch, whose size is free. */
export type Shape = readonly (number | null)[];

/** Rows or columns added on each side of an image. */
export interface Padding {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** `[rows, columns]`. */
export type Pair = readonly [number, number];

/** Windows cover the whole input with zeros around it (`same`), lie inside it (`valid`), or see a given border. */
export type WindowPadding = "same" | "valid" | Padding;

export const activationKinds = [
  "relu",
  "leaky_relu",
  "elu",
  "selu",
  "gelu",
  "gelu_tanh",
  "sigmoid",
  "hard_sigmoid",
  "silu",
  "hard_silu",
  "mish",
  "tanh",
  "softplus",
  "softsign",
  "exponential",
  "absolute",
  "square_root",
  "logarithm",
  "floor",
  "error_function",
] as const;
export type ActivationKind = (typeof activationKinds)[number];

export type BinaryKind = "add" | "subtract" | "multiply" | "divide" | "maximum" | "minimum" | "power";

/** What one node of the layer graph computes. Images are `[batch, height, width, channels]`. */
export type Operation =
  | { type: "input" }
  | Convolution
  | Dense
  | Affine
  | {
      type: "activation";
      kind: ActivationKind;
      /** Slope of leaky_relu below zero, or alpha of elu. */
      alpha?: number;
      /** Upper limit of relu. */
      maximum?: number;
    }
  /** Over the last axis. */
  | { type: "softmax" }
  | { type: "pooling"; mode: PoolingMode; size: Pair; strides: Pair; padding: "same" | "valid" }
  /** Over any axes but the batch. */
  | { type: "reduction"; mode: ReductionMode; axes: readonly number[]; keepDimensions: boolean }
  | { type: "binary"; kind: BinaryKind }
  | { type: "concatenate"; axis: number }
  | { type: "reshape"; shape: Shape }
  /** Axes in a new order; the batch stays first. */
  | { type: "transpose"; order: readonly number[] }
  /**
   * Keeps `[begin, end)` of every axis, or every step-th of it; the batch is kept whole. A step below 0 goes backwards from
   * `begin`, and `end` is -1 where it reaches the first.
   */
  | { type: "slice"; begin: readonly number[]; end: Shape; steps?: readonly number[] }
  | { type: "pad"; padding: Padding }
  /** An image at another size: pixels are sampled at their centres, without smoothing. */
  | { type: "resize"; size: Pair; interpolation: Interpolation }
  /** Trained or given values that do not depend on the picture; the first axis is a batch of 1. */
  | { type: "constant"; value: Weight }
  /** Of the last two axes of two values. */
  | { type: "matrix_product" }
  /** Over the last axis (Ba et al. 2016). */
  | { type: "layer_normalization"; scale: Float32Array; shift: Float32Array; epsilon: number };

export type PoolingMode = "maximum" | "average";
export type ReductionMode = PoolingMode | "minimum" | "sum";
export type Interpolation = "nearest" | "bilinear";

/** 2-D convolution. */
export interface Convolution {
  type: "convolution";
  /** `[height, width, inputs / groups, outputs]`, or `[height, width, channels, multiplier]` when depthwise. */
  kernel: Weight;
  /** Factor of the kernel per output channel, from a normalisation that was folded into it. */
  kernelScale?: Float32Array;
  bias?: Float32Array;
  strides: Pair;
  dilation: Pair;
  padding: WindowPadding;
  groups: number;
  depthwise: boolean;
}

/** Matrix product over the last axis. */
export interface Dense {
  type: "dense";
  /** `[inputs, outputs]`. */
  kernel: Weight;
  kernelScale?: Float32Array;
  bias?: Float32Array;
}

/** `x * scale + shift` over the last axis; one value stands for every channel. */
export interface Affine {
  type: "affine";
  scale: Float32Array;
  shift: Float32Array;
  /** What training saw here, per channel, where scale and shift come from such statistics. */
  statistics?: { mean: Float32Array; deviation: Float32Array };
}

export type OperationOf<Type extends Operation["type"]> = Extract<Operation, { type: Type }>;
