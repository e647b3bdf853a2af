import { ModelError } from "../../errors/model-error.ts";
import {
  defaultLabels,
  defaultModelName,
  type ModelContract,
  type ModelFiles,
  type ModelIdentity,
  modelContractSchema,
} from "../../schemas/model.ts";
import { checkExample } from "./check-example.ts";
import { describeTag } from "./describe-tag.ts";

export interface CompletedContract {
  contract: ModelContract;
  /** Where each field came from: a file, tag or param of the version, the graph, or an assumption. */
  contractBy: Record<string, string>;
}

type Input = ModelContract["input"];
export interface CompletedInput {
  input: Input;
  inputBy: Record<string, string>;
  /**
   * Whether neither a declared value range nor the input example says what values the graph takes: mean and std only
   * imply it.
   */
  areValuesGuessed: boolean;
  /** Whether the input example holds the values that would be assumed. */
  isExampleAlike: boolean;
}

/** The source of a field that neither the version nor its graph gives. */
export const assumed = "assumed";

/**
 * Completes the input that a version declares: with the graph's own size, then what mean and std imply, then the
 * service's defaults.
 *
 * @throws ModelError when what is declared does not fit the graph, or what is assumed does not fit the input example
 */
export function completeInput(files: ModelFiles, graph: { height: number; width: number }): CompletedInput {
  const { declared, declaredBy, evidence = {} } = files;
  const { height = graph.height, width = graph.width, ...others } = declared.input ?? {};
  if (height !== graph.height || width !== graph.width) {
    throw new ModelError(
      `The version declares an input of ${height} x ${width} but the graph takes ${graph.height} x ${graph.width}`,
    );
  }
  const implied = others.value_range === undefined ? impliedRange(others) : undefined;
  const input = modelContractSchema.shape.input.parse({
    height,
    width,
    channels: 3,
    ...(implied && { value_range: implied }),
    ...others,
  });
  assertOneScale(input);
  const saysValues = others.value_range ?? others.mean ?? others.std;
  const isConfirmed = checkExample(evidence, input, files.identity, saysValues === undefined);
  const declaredPlaces = Object.entries(declaredBy).filter(([field]) => field.startsWith("input."));
  return {
    input,
    areValuesGuessed: others.value_range === undefined && !isConfirmed,
    isExampleAlike: isConfirmed,
    inputBy: {
      ...inputSources,
      ...(implied && { "input.value_range": "implied by mean and std" }),
      ...Object.fromEntries(declaredPlaces),
    },
  };
}

/**
 * Completes the rest of what a version declares with the service's defaults.
 *
 * @param classes how many classes an answer distinguishes
 * @throws ModelError when the labels do not fit the answer, or are neither declared nor those of the default model
 */
export function completeContract(
  files: ModelFiles,
  { input, inputBy }: Pick<CompletedInput, "input" | "inputBy">,
  classes: number,
): CompletedContract {
  const contract = modelContractSchema.parse({
    preprocessing: { kind: "resize" },
    ...files.declared,
    labels: completeLabels(files, classes),
    input,
  });
  assertPreprocessing(contract);
  return { contract, contractBy: { ...fieldSources, ...files.declaredBy, ...inputBy } };
}

/** Where a field comes from when the version does not declare it. */
const fieldSources = { labels: assumed, preprocessing: assumed, temperature: assumed };
const inputSources = {
  "input.height": "graph",
  "input.width": "graph",
  "input.channels": "graph",
  "input.value_range": assumed,
  "input.channel_order": assumed,
  "input.mean": assumed,
  "input.std": assumed,
};

type Statistics = { mean?: Input["mean"] | undefined; std?: Input["std"] | undefined };

/** Mean and std are on the scale of the values that they belong to: torchvision's are below 1, others in 0..255. */
function impliedRange({ mean = [0, 0, 0], std = [1, 1, 1] }: Statistics): Input["value_range"] | undefined {
  const highest = Math.max(...mean, ...std);
  if (Math.max(...mean) <= 0 && std.every((value) => value === 1)) return undefined;
  return highest <= 1 ? [0, 1] : [0, 255];
}

function assertOneScale({ value_range, mean, std }: Input): void {
  if (value_range[0] >= value_range[1])
    throw new ModelError(`value_range: Expected the lower end first but received ${value_range.join(", ")}`);
  const implied = impliedRange({ mean, std });
  if (implied === undefined) return;
  const [highestMean, highestStd] = [Math.max(...mean), Math.max(...std)];
  if ((highestMean > 2 && highestStd < 1) || (highestMean > 0 && highestMean <= 1 && highestStd > 2))
    throw new ModelError(
      `mean ${mean.join(", ")} and std ${std.join(", ")} belong to values of two scales: write both on that of value_range`,
    );
  const isSmall = value_range[1] <= 2;
  const isSameStart = value_range[0] === 0 || Math.min(...mean) < 0; // a mean below 0 belongs to values below 0
  if (isSameStart && isSmall === (implied[1] === 1)) return;
  throw new ModelError(
    `mean ${mean.join(", ")} and std ${std.join(", ")} belong to values ${implied.join("..")} but value_range is ${value_range.join("..")}: ` +
      "write all on one scale",
  );
}

function completeLabels({ declared, identity, evidence }: ModelFiles, classes: number): readonly string[] {
  const { labels } = declared;
  if (evidence?.classes !== undefined && evidence.classes > 1 && evidence.classes !== classes) {
    throw new ModelError(
      `Its signature has ${evidence.classes} outputs but the graph distinguishes ${classes} classes`,
    );
  }
  if (labels?.length === classes) return labels;
  if (labels !== undefined) {
    throw new ModelError(
      `The version names ${labels.length} labels but the graph distinguishes ${classes} classes`,
    );
  }
  if (evidence?.labelsElsewhere !== undefined)
    throw new ModelError(
      `${evidence.labelsElsewhere} seems to hold labels, under a name or in a folder that this service does not know. ${describeMissingLabels(identity, classes)}`,
    );
  if (classes === defaultLabels.length && identity.name === defaultModelName) return defaultLabels;
  throw new ModelError(describeMissingLabels(identity, classes));
}

/** The lines to add, for this version and for the next one. */
function describeMissingLabels(identity: ModelIdentity, classes: number): string {
  const names = Array.from({ length: classes }, (_, index) => `class ${index}`);
  const tag = describeTag(identity, "labels", names.join(", "));
  return (
    `The graph distinguishes ${classes} classes and the version names no labels; name ${classes} labels in the order of its output` +
    `${tag === undefined ? "," : `. For this version: ${tag}; for the next one:`} metadata=${JSON.stringify({ labels: names })} at log_model, ` +
    "or model-contract.json beside the weights"
  );
}

/** Refuses a temperature without a softmax, and a crop that the input's size does not allow. */
function assertPreprocessing({ input, preprocessing, multi_label, temperature }: ModelContract): void {
  if (multi_label && temperature !== 1)
    throw new ModelError("temperature goes with a softmax: multi_label: true is declared");
  if (preprocessing.kind !== "center_crop") return;
  const { shorter_side: side, crop_pct } = preprocessing;
  if (crop_pct !== undefined && input.width !== input.height) {
    throw new ModelError(
      `crop_pct goes with a square input, but it takes ${input.height} x ${input.width}; declare shorter_side`,
    );
  }
  if (side !== undefined && side < Math.max(input.height, input.width)) {
    throw new ModelError(
      `A shorter_side of ${side} is smaller than the input of ${input.height} x ${input.width} that is cut out of it`,
    );
  }
}
