import * as z from "zod";
import { photographMeasuresSchema } from "./photograph-measures.ts";

/** Resizing that smooths when it shrinks, as Pillow does it; `nearest` takes one pixel and never smooths. */
const smoothInterpolations = ["bicubic", "bilinear", "area", "nearest"] as const;

/** How the pixels of one model version are made from a photograph. */
export const preprocessingSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      /** The whole picture is resized to the input size, as in the replaced service. This is the default. */
      kind: z.literal("resize"),
      interpolation: z.enum(smoothInterpolations).default("bicubic"),
      /** False: no smoothing when the picture shrinks, as in `tf.image.resize` and Keras's data sets. */
      antialias: z.boolean().default(true),
    })
    .refine(({ antialias, interpolation }) => antialias || isUnsmoothed(interpolation), {
      error: "antialias false goes with the interpolation bilinear or nearest",
      path: ["antialias"],
    }),
  z
    .strictObject({
      /** The shorter side is resized, then the middle is cut out, as in torchvision and timm. */
      kind: z.literal("center_crop"),
      /** Length in pixels that the shorter side is resized to (torchvision's `Resize(256)`). */
      shorter_side: z.int().min(1).max(4096).optional(),
      /** Share of the resized side that is kept (timm's `crop_pct`): the shorter side becomes input size / crop_pct. */
      crop_pct: z.number().gt(0).max(1).optional(),
      interpolation: z.enum(smoothInterpolations),
    })
    .refine(({ shorter_side, crop_pct }) => (shorter_side === undefined) !== (crop_pct === undefined), {
      error: "Expected either shorter_side (256) or crop_pct (0.875)",
    }),
  z.strictObject({
    /**
     * The retina disc is found, cropped, resized to `crop_size`, masked by a circle, then resized to the input size.
     */
    kind: z.literal("retina_disc"),
    /** Side in pixels of the square the disc is resized to (bicubic) before the circle mask. */
    crop_size: z.int().min(16).max(2048).default(256),
    /** Radius of the visible circle as a fraction of `crop_size`; pixels outside it are black. */
    mask_radius: z.number().gt(0).max(1).default(0.485),
    interpolation: z.enum(["bicubic", "bilinear", "area"]).default("area"),
  }),
]);
export type Preprocessing = z.infer<typeof preprocessingSchema>;

const measureRangeSchema = z.tuple([z.number(), z.number()]).refine(([low, high]) => low <= high, {
  message: "Expected the lowest value before the highest",
});

/** Characters of base64 after the last 12 bytes, for zero, one or two further values of 4 bytes. */
const floatTails = { 0: 0, 6: 1, 11: 2 };

/** Base64 of float32 values, the lowest byte first. */
const floatsSchema = z
  .base64()
  .refine((text) => text.replaceAll("=", "").length % 16 in floatTails, "Expected base64 of float32 values");

/** Mean and principal components of the features of the training's photographs. */
export const featureSpaceSchema = z.strictObject({
  /** `[features]` */
  mean: floatsSchema,
  /** `[directions, features]`, at most 32 orthonormal rows. */
  directions: floatsSchema,
  /** `[directions]`: standard deviation along each direction. */
  deviations: floatsSchema.max(172, "Expected at most 32 deviations"),
});

/** Measures how far a photograph's features are from those of fundus photographs, towards those of other pictures. */
export const featureDistanceSchema = z.strictObject({
  /** `[features]`: direction on which the features are projected. */
  direction: floatsSchema,
  /** Mean and standard deviation of the projections of held-out photographs. */
  mean: z.number(),
  deviation: z.number().gt(0),
  /** Distance from this mean, in these deviations, above which a picture counts as not showing a fundus. */
  limit: z.number(),
});

/** How far to trust the version's answers, as measured in its training. */
export const trustSchema = z.strictObject({
  /** An answer is confident if its certainty (input-checks/decide.ts) is at least this; otherwise it is `uncertain`. */
  confident_from: z.number().gt(0).lte(1).optional(),
  /** Classes with at least this probability form the prediction set (split conformal prediction, coverage 90 %). */
  set_threshold: z.number().gte(0).lte(1).optional(),
  /** Basis of the feature projection in records; a random projection when absent. */
  feature_space: featureSpaceSchema.optional(),
  feature_distance: featureDistanceSchema.optional(),
  /** Lowest and highest allowed value of a measure, in place of the service's own (docs/input-checks.md). */
  measure_limits: z.partialRecord(photographMeasuresSchema.keyof(), measureRangeSchema).optional(),
});

const isUnsmoothed = (interpolation: string) => interpolation === "bilinear" || interpolation === "nearest";

/** One number per channel, in the order of the model's channels. */
const channelsSchema = z.tuple([z.number(), z.number(), z.number()]);

/** Text for people, in any language, without control characters. */
const labelSchema = z
  .string()
  .regex(/^[^\p{Cc}]{1,200}$/u, "Expected 1 to 200 characters, none of them a control character");

/** Labels that look the same are equal, however their accents are encoded. */
const areDistinct = (labels: readonly string[]) =>
  new Set(labels.map((label) => label.normalize().trim())).size === labels.length;

function describeFewLabels([label]: readonly string[]): string {
  if (label === undefined) return "Expected at least two labels but received none";
  const both = JSON.stringify([`no_${label}`, label]);
  return `Expected at least two labels but received ${label} alone: a single unit answers for two, such as ${both}, and its number is the probability of the second`;
}

/**
 * What a model version declares about itself in `model-contract.json` beside its weights. Every field may be absent
 * there; it is then taken from the version's metadata and tags, its logged model and run, its params and signature (in
 * the order of read-version-files.ts), then from the graph's own input shape, then from these defaults.
 */
export const modelContractSchema = z.strictObject({
  /** Class names, as answers show them, in the order of the model's output. */
  labels: z
    .array(labelSchema)
    .min(2, { error: ({ input }) => describeFewLabels(input as string[]) })
    .max(1000)
    .refine(areDistinct, {
      error: ({ input }) => `Expected each label once but received ${(input as string[]).join(", ")}`,
    }),
  input: z.strictObject({
    height: z.int().min(1).max(4096),
    width: z.int().min(1).max(4096),
    channels: z.literal(3),
    /**
     * Pixel values 0..255 are mapped linearly to this range; then `mean` is subtracted and the result divided by `std`.
     */
    value_range: z.tuple([z.number(), z.number()]).default([0, 255]),
    channel_order: z.enum(["rgb", "bgr"]).default("rgb"),
    mean: channelsSchema.default([0, 0, 0]),
    std: channelsSchema
      .refine((std) => std.every((value) => value > 0), "Expected numbers above 0")
      .default([1, 1, 1]),
  }),
  preprocessing: preprocessingSchema,
  /**
   * What turns the graph's output into probabilities. Absent when the end of the graph shows it; `none` when the output
   * already is probabilities although the end of the graph does not show it.
   */
  activation: z.enum(["softmax", "sigmoid", "none"]).optional(),
  /** Each class has a probability of its own (several sigmoids); they do not sum to 1. */
  multi_label: z.boolean().default(false),
  /** Softmax temperature, above 0; 1 leaves the probabilities as they are (Guo et al. 2017, section 4.2). */
  temperature: z.number().gt(0).max(100).default(1),
  trust: trustSchema.optional(),
  /** File with the reference window for drift, relative to the model's root. */
  reference_window: z.string().optional(),
  /** Version of a packaged model; a registry numbers its versions itself. */
  version: z
    .string()
    .regex(/^[\w.-]{1,50}$/)
    .optional(),
});
export type ModelContract = z.infer<typeof modelContractSchema>;

/** What a version declares about itself: any of the fields, and any part of `input`. */
export type DeclaredContract = Partial<Omit<ModelContract, "input">> & {
  input?: Partial<ModelContract["input"]>;
};

/** The registered model of the replaced service: only its versions get default labels. */
export const defaultModelName = "eye-disease-model";
/** Labels of the replaced service's model, in the order of its output. */
export const defaultLabels = ["cataract", "diabetic_retinopathy", "glaucoma", "normal"];

export const engineNames = ["onnx", "tensorflow"] as const;
export type EngineName = (typeof engineNames)[number];

export const modelSourceSchema = z.enum(["mlflow_registry", "local_file"]);
export type ModelSource = z.infer<typeof modelSourceSchema>;

export const modelIdentitySchema = z.object({
  name: z.string(),
  /** Number of the registry's version as text, or the packaged model's own version. */
  version: z.string(),
  source: modelSourceSchema,
});
export type ModelIdentity = z.infer<typeof modelIdentitySchema>;

/** A model that serves, as predict reports it to the other functions. */
export const servingModelSchema = modelIdentitySchema.extend({
  engine: z.enum(engineNames),
  stage: z
    .string()
    .optional()
    .describe("Stage or alias by which the registry names it: Production, @champion"),
  loaded_at: z.iso.datetime(),
});

export const modelFormats = ["keras", "keras_h5", "saved_model", "onnx"] as const;
export type ModelFormat = (typeof modelFormats)[number];

/** The files of one model version on this machine's disk, as the registry hands them to inference. */
export interface ModelFiles {
  identity: ModelIdentity;
  /**
   * Absolute folder of the version's files; what is derived from them, such as the compiled graph, is kept there too.
   */
  directory: string;
  format: ModelFormat;
  /** Weights file, or the folder of a SavedModel; relative to `directory`. */
  path: string;
  /** What the version declares about itself, before the graph's own shape and the defaults are added. */
  declared: DeclaredContract;
  /**
   * Where each declared field came from, for /health: e.g. `{ labels: "model-contract.json", "input.height":
   * "signature" }`. `ignored` names the entries of MLmodel's metadata that declare nothing here.
   */
  declaredBy: Record<string, string>;
  /** What else is known of the version; assumed fields must not contradict it. */
  evidence?: ModelEvidence;
}

export const modelEvidenceSchema = z.object({
  /** Lowest and highest value of the input example that was logged with the model. */
  exampleRange: z.tuple([z.number(), z.number()]).exactOptional(),
  /** Length of the signature's output. */
  classes: z.number().exactOptional(),
  /**
   * Place and name of an entry that seems to hold labels under an unknown name (`params: dataset_classes`), or of a label
   * file in a folder where none is read (`config/labels.txt of its run`).
   */
  labelsElsewhere: z.string().exactOptional(),
});
export type ModelEvidence = z.infer<typeof modelEvidenceSchema>;

/** Pixels ready for a model: `[1, height, width, 3]` float32, scaled and normalised as the contract says. */
export interface PixelTensor {
  data: Float32Array;
  height: number;
  width: number;
}

/** Output of the graph's last layer at each position of its last feature map. */
export interface ClassMap {
  /** `[height, width, units]`: the layer's output is the mean over the positions. */
  data: Float32Array;
  height: number;
  width: number;
}

/** Result of one forward pass for one photograph. */
export interface ModelAnswer {
  /** `[labels.length]`, each 0..1, after the temperature; they sum to 1 unless the contract says `multi_label`. */
  probabilities: Float32Array;
  /** Pooled features: the input of the graph's last dense layer; absent where they cannot be read from the graph. */
  features?: Float32Array | undefined;
  /** The features in at most 32 numbers (shared/schemas/feature-projection.ts); absent where there are no features. */
  featureProjection?: Float32Array | undefined;
  /** Distance by the contract's `feature_distance`, in standard deviations; absent without one. */
  featureDistance?: number | undefined;
  /** Absent where the answer is more than a global average and linear layers after the last feature map. */
  classMap?: ClassMap | undefined;
}

/** A model version ready to answer. */
export interface Predictor {
  readonly identity: ModelIdentity;
  readonly contract: ModelContract;
  /** Where each field of the contract came from. */
  readonly contractBy: Record<string, string>;
  readonly engine: EngineName;
  /** Seconds from the start of loading to the end of the first run. */
  readonly loadTimeSeconds: number;
  /** Whether its answers have a `classMap`. */
  readonly hasClassMap: boolean;
  predict(pixels: PixelTensor): Promise<ModelAnswer>;
  dispose(): Promise<void>;
}
