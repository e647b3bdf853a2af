import type { TriedModel } from "./try-model.ts";

/** A field in which one model differs from another, as text. */
export interface ModelDifference {
  field: string;
  before: string;
  after: string;
}

/**
 * What a caller of the service would notice when one model takes another's place: labels, picture, range, preprocessing,
 * engine, size, and what was declared of one and is assumed of the other.
 */
export function compareModels(before: TriedModel, after: TriedModel): ModelDifference[] {
  const [old, now] = [describeFields(before), describeFields(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? "nothing", after: now.get(field) ?? "nothing" }))
    .filter((difference) => difference.before !== difference.after);
}

function describeFields({ contract, contractBy, engine, sizeBytes }: TriedModel): Map<string, string> {
  const { input, version: _version, ...others } = contract;
  const inputs = Object.entries(input).map(([name, value]) => [`input.${name}`, value] as const);
  const fields = [...Object.entries(others), ...inputs].map(([name, value]): [string, string] => [
    name,
    `${describeValue(value)}${isAssumed(contractBy[name]) ? " (assumed)" : ""}`,
  ]);
  return new Map([...fields, ["engine", engine], ["size", `${(sizeBytes / 1e6).toFixed(1)} MB`]]);
}

function describeValue(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** Whether no place said so. */
function isAssumed(place: string | undefined): boolean {
  return place === undefined || /^(default|assumed)/.test(place);
}
