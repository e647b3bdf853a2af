import { describeContract } from "./describe-contract.ts";
import type { TriedModel } from "./try-model.ts";

/** A field in which one model differs from another, as text. */
export interface ModelDifference {
  field: string;
  before: string;
  after: string;
}

/**
 * What a caller of the service would notice when one model replaces another: differences in labels, input size, value
 * range, preprocessing, engine or size of the weights, and fields that only one of them declares.
 */
export function compareModels(before: TriedModel, after: TriedModel): ModelDifference[] {
  const [old, now] = [describeFields(before), describeFields(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? "nothing", after: now.get(field) ?? "nothing" }))
    .filter((difference) => difference.before !== difference.after);
}

function describeFields(model: TriedModel): Map<string, string> {
  const fields = describeContract(model).map(({ field, value, place }): [string, string] => [
    field,
    `${value}${place === undefined ? " (assumed)" : ""}`,
  ]);
  return new Map([...fields, ["engine", model.engine], ["size", `${(model.sizeBytes / 1e6).toFixed(1)} MB`]]);
}
