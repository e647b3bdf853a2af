import { parse } from "yaml";
import * as z from "zod";
import { ModelError } from "../../errors/model-error.ts";
import type { ModelFormat } from "../../schemas/model.ts";
import { describeUnserved } from "./unserved-flavors.ts";

/** One place where the weights may lie, relative to the model's root. */
export interface WeightsCandidate {
  format: ModelFormat;
  path: string;
  /** A SavedModel is a folder. */
  isFolder: boolean;
}

/** The parts of an MLmodel file that serving needs (https://mlflow.org/docs/latest/ml/model/#mlmodel-format). */
export interface Mlmodel {
  /** Where the weights may lie, the likeliest first: the first one that exists is taken. */
  candidates: WeightsCandidate[];
  /** Scalars are text, exactly as written: labels may look like numbers. */
  metadata: Record<string, unknown>;
  /** Shape of the first tensor input of the signature, -1 for the batch: `[-1, 208, 208, 3]`. */
  inputShape?: number[];
  /** Length of the last axis of the signature's output. */
  classes?: number;
  /** File with the input example, when it is an array. */
  examplePath?: string;
}

const tensorInputs = z.array(
  z.object({ type: z.string(), "tensor-spec": z.object({ shape: z.array(z.number()) }).optional() }),
);

const mlmodelSchema = z.object({
  flavors: z.object({
    tensorflow: z
      .object({
        data: z.string().optional(),
        model_type: z.string().optional(),
        save_format: z.string().optional(),
        saved_model_dir: z.string().optional(),
      })
      .optional(),
    keras: z.object({ data: z.string().default("data") }).optional(),
    onnx: z.object({ data: z.string() }).optional(),
  }),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  signature: z.object({ inputs: z.string().nullish(), outputs: z.string().nullish() }).nullish(),
  saved_input_example_info: z.object({ artifact_path: z.string(), type: z.string() }).nullish().catch(null),
});
type Flavors = z.infer<typeof mlmodelSchema>["flavors"];

/**
 * Reads an MLmodel file.
 *
 * @param text the YAML
 * @param version for errors: `eye-disease-model/3`
 * @throws ModelError when it is not an MLmodel, or of a flavor that cannot be served
 */
export function parseMlmodel(text: string, version: string): Mlmodel {
  const mlmodel = mlmodelSchema.safeParse(parseYaml(text, version));
  if (!mlmodel.success) {
    throw new ModelError(
      `${version}: its MLmodel file is not as MLflow writes it: ${z.prettifyError(mlmodel.error)}`,
    );
  }
  const { flavors, signature, saved_input_example_info: example } = mlmodel.data;
  const candidates = weightsCandidates(flavors);
  if (candidates.length === 0)
    throw new ModelError(`${version}: ${describeUnserved(flavorsIn(text, version))}`);
  const inputShape = firstTensorShape(signature?.inputs);
  const classes = firstTensorShape(signature?.outputs)?.at(-1);
  return {
    candidates,
    metadata: mlmodel.data.metadata ? metadataAsWritten(text, version) : {},
    ...(inputShape && { inputShape }),
    ...(classes !== undefined && classes > 0 && { classes }),
    ...(example?.type === "ndarray" && { examplePath: example.artifact_path }),
  };
}

function metadataAsWritten(text: string, version: string): Record<string, unknown> {
  const { metadata } = parseYaml(text, version, "failsafe") as { metadata: Record<string, unknown> };
  return metadata;
}

function parseYaml(text: string, version: string, schema: "core" | "failsafe" = "core"): unknown {
  try {
    return parse(text, { maxAliasCount: 10, schema });
  } catch (error) {
    throw new ModelError(`${version}: its MLmodel file is not YAML`, { cause: error });
  }
}

function weightsCandidates({ tensorflow, keras, onnx }: Flavors): WeightsCandidate[] {
  const candidates: WeightsCandidate[] = [];
  if (onnx) candidates.push({ format: "onnx", path: onnx.data, isFolder: false });
  if (keras) candidates.push(...kerasCandidates(keras.data, undefined));
  if (tensorflow?.saved_model_dir !== undefined) {
    candidates.push({ format: "saved_model", path: tensorflow.saved_model_dir, isFolder: true });
  } else if (tensorflow?.data !== undefined) {
    candidates.push(...kerasCandidates(tensorflow.data, tensorflow.save_format));
  }
  return candidates;
}

/**
 * MLflow writes `model.keras`, `model.h5` or, before TensorFlow 2.16 and with save_exported_model, the folder `model`.
 */
function kerasCandidates(folder: string, saveFormat: string | undefined): WeightsCandidate[] {
  const keras = { format: "keras", path: `${folder}/model.keras`, isFolder: false } as const;
  const h5 = { format: "keras_h5", path: `${folder}/model.h5`, isFolder: false } as const;
  const savedModel = { format: "saved_model", path: `${folder}/model`, isFolder: true } as const;
  return saveFormat === "h5" ? [h5, keras, savedModel] : [keras, h5, savedModel];
}

function firstTensorShape(tensors: string | null | undefined): number[] | undefined {
  try {
    const [first] = tensorInputs.parse(JSON.parse(tensors ?? "[]"));
    return first?.type === "tensor" ? first["tensor-spec"]?.shape : undefined;
  } catch {
    // A signature of columns or of a newer form says nothing about the picture's size.
    return undefined;
  }
}

function flavorsIn(text: string, version: string): string[] {
  const { flavors } = z
    .object({ flavors: z.record(z.string(), z.unknown()) })
    .parse(parseYaml(text, version));
  return Object.keys(flavors);
}
