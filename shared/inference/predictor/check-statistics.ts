import { ModelError } from "../../errors/model-error.ts";
import type { Normalization } from "../../image/preprocessing/normalize-values.ts";
import type { ModelIdentity } from "../../schemas/model.ts";
import { type NormalizationPreset, normalizationPresets } from "../../schemas/normalization-presets.ts";
import { assumed } from "./complete-contract.ts";
import { describeTag } from "./describe-tag.ts";

export interface StatisticsQuestion {
  /** What would be assumed, because the version does not say it; mean, std and channel order may be declared. */
  normalization: Normalization;
  /** Where each field of the input comes from: `{ "input.mean": "params" }`. */
  inputBy: Readonly<Record<string, string>>;
  /** What the part up to the first normalisation gives for the trial photograph with such values, channels last. */
  ask: (normalization: Normalization) => Promise<Float32Array>;
  channels: number;
  identity: ModelIdentity;
}

interface Candidate extends NormalizationPreset {
  values: string;
  /** The field that declares it. */
  field: string;
  value: string;
}

const { imagenet, caffe, tf } = normalizationPresets as Record<
  "imagenet" | "caffe" | "tf",
  NormalizationPreset
>;
const bytes: NormalizationPreset = { ...tf, value_range: [0, 255] };
/** Ways in which people write the values of pictures. */
const candidates: readonly Candidate[] = [
  { ...bytes, values: "0..255", field: "value_range", value: "0,255" },
  { ...tf, value_range: [0, 1], values: "0..1", field: "value_range", value: "0,1" },
  { ...tf, values: "-1..1", field: "value_range", value: "-1,1" },
  { ...imagenet, values: "normalised by ImageNet's statistics", field: "normalization", value: "imagenet" },
  { ...caffe, values: "0..255 in the order BGR minus caffe's mean", field: "normalization", value: "caffe" },
  {
    ...bytes,
    mean: [123.68, 116.779, 103.939],
    values: "0..255 minus a mean",
    field: "mean",
    value: "123.68, 116.779, 103.939",
  },
  { ...bytes, channel_order: "bgr", values: "0..255 in the order BGR", field: "channel_order", value: "bgr" },
];

/**
 * Distances of one photograph from what networks saw in their training. For six that were trained on fundus
 * photographs, they were 0.7 to 1.0 with the right values and 1.3 or more with others
 * (docs/decisions/2026-11-28-values-are-read-from-answers.md).
 */
const nearBelow = 1.3;
const fartherBy = 0.6;

/**
 * Compares the values that would be assumed with the statistics that training left in a network's first normalisation.
 * These show whether a mean was subtracted and the order of the channels, which the network's answers do not.
 *
 * @returns whether the statistics fit the assumed values better than any others
 * @throws ModelError when they fit other values clearly better, with the line to add
 */
export async function checkStatistics(question: StatisticsQuestion): Promise<boolean> {
  const { normalization, ask, channels } = question;
  const distanceOf = async (values: Normalization) => computeDistance(await ask(values), channels);
  const asAssumed = await distanceOf(normalization);
  let best: { candidate: Candidate; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = await distanceOf(candidate);
    if (distance < (best?.distance ?? nearBelow)) best = { candidate, distance };
  }
  if (best === undefined || asAssumed < best.distance + fartherBy) return asAssumed === best?.distance;
  throw new ModelError(describeContradiction(question, best.candidate));
}

function describeContradiction(
  { normalization, inputBy, identity }: StatisticsQuestion,
  trained: Candidate,
): string {
  const range = normalization.value_range.join("..");
  const wouldBeAssumed = `${range} would be assumed, but the statistics of its first normalisation fit a training on values ${trained.values} best`;
  const declared = (["mean", "std", "channel_order"] as const).filter(
    (field) => inputBy[`input.${field}`] !== assumed,
  );
  if (declared.length === 0) {
    const { field, value } = trained;
    return (
      `Nothing declares the range of its values, and ${wouldBeAssumed}. If that is right, say it: ${describeLines(identity, field, value)}. ` +
      "If it was trained on other values, for example because the training was too short for these statistics to settle, " +
      'say those: "value_range": "0,255" (pixels as they are), "0,1", "-1,1"'
    );
  }
  const written = declared.map(
    (field) => `${describeField(normalization, field)} (${inputBy[`input.${field}`]})`,
  );
  const fields = (["value_range", "mean", "std", "channel_order"] as const).map((field) =>
    describeField(trained, field),
  );
  return (
    `It declares ${written.join(" and ")}, and values ${wouldBeAssumed}: ${fields.join("; ")}. ` +
    `Correct ${declared.join(" and ")} there; if what it declares is right, say the range, too: ` +
    describeLines(identity, "value_range", normalization.value_range.join(","))
  );
}

const describeField = (values: Normalization, field: keyof Normalization) =>
  `${field} ${[values[field]].flat().join(", ")}`;

/** The lines to add, for the next version and for this one. */
function describeLines(identity: ModelIdentity, field: string, value: string): string {
  const tag = describeTag(identity, field, value);
  return `metadata={"${field}": "${value}"} at log_model${tag === undefined ? "" : `, or for this version ${tag}`}`;
}

/**
 * How far channels lie from a mean of 0 and a deviation of 1: the distances of both, that of the deviation in
 * logarithms, summed and then averaged over the channels.
 */
export function computeDistance(values: Float32Array, channels: number): number {
  const count = values.length / channels;
  let distance = 0;
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    let squares = 0;
    for (let i = channel; i < values.length; i += channels) {
      const value = values[i] as number;
      sum += value;
      squares += value * value;
    }
    const mean = sum / count;
    const deviation = Math.sqrt(Math.max(squares / count - mean * mean, 0));
    distance += Math.abs(mean) + Math.abs(Math.log(deviation + 1e-9));
  }
  return distance / channels;
}
