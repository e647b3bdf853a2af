import { parse } from "yaml";
import { ModelError } from "../../errors/model-error.ts";

/** Names under which people write labels; the last ones are those of Keras, torchvision and Hugging Face. */
export const labelNames = [
  "labels",
  "class_names",
  "classes",
  "class_labels",
  "label_names",
  "target_names",
  "class_indices",
  "class_to_idx",
  "idx_to_class",
  "label_map",
  "id2label",
  "label2id",
] as const;
export type LabelName = (typeof labelNames)[number];

/**
 * Reads labels: a list; an object of names and indices, either way round (`class_indices`, `id2label`); or text with
 * one of these as JSON, as Python prints it, or separated by commas or line breaks. Numbers, booleans and nulls are
 * read as text.
 *
 * @returns undefined for a count of classes (`classes: 4`)
 * @throws ModelError that says what was expected
 */
export function readLabels(name: LabelName, value: unknown, place: string): string[] | undefined {
  const written = typeof value === "string" ? parseText(value) : value;
  if (Array.isArray(written)) return written.map((label) => readLabel(label, `${place} ${name}`));
  if (typeof written === "object" && written !== null) {
    return orderByIndex(Object.entries(written), name, place);
  }
  if (/^\d+$/.test(String(written))) return undefined;
  throw new ModelError(
    `${place}: ${name}: Expected the labels in the order of the model's output, such as ["normal", "glaucoma"], but received ${String(value)}`,
  );
}

function readLabel(label: unknown, place: string): string {
  if (typeof label === "object" && label !== null) {
    throw new ModelError(`${place}: Expected each label as text but received ${JSON.stringify(label)}`);
  }
  return String(label);
}

/** Reads JSON, and what Python prints, as YAML. Its failsafe schema keeps every scalar as text. */
function parseText(text: string): unknown {
  const trimmed = text.trim();
  const isTuple = trimmed.startsWith("(") && trimmed.endsWith(")");
  const list = isTuple ? `[${trimmed.slice(1, -1)}]` : trimmed;
  if (/^[[{]/.test(list) || /^- /.test(list)) return parseStructure(list) ?? trimmed;
  if (/^(["']).*\1$/.test(list) && list.includes(",")) return parseStructure(`[${list}]`) ?? trimmed;
  const items = trimmed.split(trimmed.includes("\n") ? "\n" : ",").map((item) => item.trim());
  return items.length > 1 && items.every(isPlain) ? items.filter((item) => item !== "") : trimmed;
}

/** False for a piece of a structure, such as Python prints some: `dict_keys(['normal'`, `Index(['normal'`. */
const isPlain = (item: string): boolean =>
  ["()", "[]", "{}"].every(([open = "", close = ""]) => item.split(open).length === item.split(close).length);

function parseStructure(text: string): unknown {
  try {
    const value: unknown = parse(text, { schema: "failsafe", maxAliasCount: 0 });
    return typeof value === "object" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `{normal: 0, glaucoma: 1}` or `{0: normal, 1: glaucoma}`. */
function orderByIndex(entries: [string, unknown][], name: LabelName, place: string): string[] {
  const indicesAreValues = areIndices(entries.map(([, value]) => value));
  const indicesAreKeys = areIndices(entries.map(([key]) => key));
  if (!indicesAreValues && !indicesAreKeys) {
    const received = entries.map(([key, value]) => `${key}: ${String(value)}`).join(", ");
    throw new ModelError(
      `${place}: ${name}: Expected the indices 0 to ${entries.length - 1}, each once, but received ${received}`,
    );
  }
  const isByName = indicesAreValues && (!indicesAreKeys || namesFirst.has(name));
  const labels: string[] = [];
  for (const [key, value] of entries) {
    if (isByName) labels[Number(value)] = key;
    else labels[Number(key)] = readLabel(value, `${place} ${name}`);
  }
  return labels;
}

/** If keys and values are both numbers, these names mean that the key is the label. */
const namesFirst: ReadonlySet<LabelName> = new Set(["class_indices", "class_to_idx", "label2id"]);

/**
 * Whether an entry under an unknown name seems to hold labels: several words under a name about classes
 * (`dataset_classes`, `target_labels`). The default labels are not assumed for a version with such an entry.
 */
export function looksLikeLabels(name: string, value: unknown): boolean {
  const parts = name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z]+/);
  if (
    parts[0] === "mlflow" ||
    !parts.some((part) => /^(class(es)?|labels?|categor(y|ies)|diagnos[ei]s|diseases?)$/.test(part))
  )
    return false;
  if (parts.some((part) => /^(weights?|counts?|loss|distribution)$/.test(part))) return false;
  const written = typeof value === "string" ? parseText(value) : value;
  const words = Array.isArray(written) ? written : Object.entries((written ?? {}) as object).flat();
  return (
    typeof written === "object" && words.length > 1 && words.some((word) => !/^[\d.]*$/.test(String(word)))
  );
}

function areIndices(values: readonly unknown[]): boolean {
  const numbers = values.map((value) => (/^\d+$/.test(String(value)) ? Number(value) : -1));
  return new Set(numbers).size === values.length && numbers.every((n) => n >= 0 && n < values.length);
}
