import { ModelError } from "../../errors/model-error.ts";
import type { TensorDescription } from "./inference-engine.ts";
import { isTap } from "./read-taps.ts";

/** What tfjs-node says about a SavedModel; a shape is a list of protobuf messages, or absent when the rank is free. */
export interface MetaGraph {
  tags: string[];
  signatureDefs: Record<string, { inputs: Record<string, TensorInfo>; outputs: Record<string, TensorInfo> }>;
}

interface TensorInfo {
  tfDtype?: string;
  shape?: unknown;
}

export interface Signature {
  tags: string[];
  name: string;
  input: TensorDescription;
  output: TensorDescription;
  /** Names of the outputs that are taps. */
  taps: string[];
}

const usualName = "serving_default";
const servingTag = "serve";

/**
 * The signature that takes one picture: the usual one, or the only one, whatever its name and the names of its tensors.
 *
 * @throws ModelError when no signature takes one float32 picture, several do and none has the usual name, or the one
 *   that does has several outputs
 */
export function chooseSignature(metaGraphs: readonly MetaGraph[]): Signature {
  const metaGraph = metaGraphs.find(({ tags }) => tags.includes(servingTag)) ?? metaGraphs[0];
  if (!metaGraph) throw new ModelError("The SavedModel holds no graph");
  const candidates = Object.entries(metaGraph.signatureDefs).filter(([, { inputs }]) =>
    takesOnePicture(inputs),
  );
  const [name, signature] =
    candidates.find(([candidate]) => candidate === usualName) ??
    (candidates.length === 1 ? candidates[0] : undefined) ??
    [];
  if (name === undefined || signature === undefined)
    throw new ModelError(describeFailure(metaGraph, candidates.length));
  return {
    tags: metaGraph.tags,
    name,
    input: onlyTensor(signature.inputs, "input"),
    output: onlyTensor(withoutTaps(signature.outputs), "output"),
    taps: Object.keys(signature.outputs).filter(isTap),
  };
}

function takesOnePicture(inputs: Record<string, TensorInfo>): boolean {
  const [input, ...others] = Object.values(inputs);
  return input?.tfDtype === "DT_FLOAT" && others.length === 0 && readShape(input.shape).length === 4;
}

const withoutTaps = (outputs: Record<string, TensorInfo>) =>
  Object.fromEntries(Object.entries(outputs).filter(([name]) => !isTap(name)));

function onlyTensor(tensors: Record<string, TensorInfo>, kind: "input" | "output"): TensorDescription {
  const [entry, ...others] = Object.entries(tensors);
  if (!entry || others.length > 0) {
    throw new ModelError(
      `Expected one ${kind} of the SavedModel but it has ${Object.keys(tensors).length} (${Object.keys(tensors).join(", ")}); export it with one`,
    );
  }
  const [name, { shape, tfDtype }] = entry;
  if (tfDtype !== "DT_FLOAT")
    throw new ModelError(
      `Expected float32 for the ${kind} ${name} but received ${tfDtype}; cast it within the graph`,
    );
  return { name, shape: readShape(shape) };
}

function readShape(shape: unknown): (number | null)[] {
  if (!Array.isArray(shape)) return [];
  return shape.map((dimension: { getSize(): number }) =>
    dimension.getSize() < 0 ? null : dimension.getSize(),
  );
}

function describeFailure({ signatureDefs }: MetaGraph, candidateCount: number): string {
  const described = Object.entries(signatureDefs).map(
    ([name, { inputs }]) => `${name}(${Object.keys(inputs).join(", ")})`,
  );
  const found = described.length === 0 ? "it has none" : `it has ${described.join(", ")}`;
  if (candidateCount > 1)
    return `Several signatures of the SavedModel take a picture and none is named ${usualName}: ${found}`;
  return `Expected a signature of the SavedModel with one float32 picture [N, height, width, channels] as its input but ${found}`;
}
