import { parse } from "yaml";
import * as z from "zod";
import { ModelError } from "../../errors/model-error.ts";
import { type DeclaredContract, modelContractSchema } from "../../schemas/model.ts";
import { type LabelName, labelNames, readLabels } from "./declared-labels.ts";
import { readChannels, readPreset, readRange } from "./declared-normalization.ts";
import { looksLikePreprocessing } from "./undeclared-fields.ts";

const { shape } = modelContractSchema;
const inputShape = shape.input.shape;

/** Every field is optional and has no default: what a place does not declare must stay undeclared. */
const declaredContractSchema = z.strictObject({
  labels: shape.labels.optional(),
  input: z
    .strictObject({
      height: inputShape.height.optional(),
      width: inputShape.width.optional(),
      channels: inputShape.channels.optional(),
      value_range: inputShape.value_range.unwrap().optional(),
      channel_order: inputShape.channel_order.unwrap().optional(),
      mean: inputShape.mean.unwrap().optional(),
      std: inputShape.std.unwrap().optional(),
    })
    .optional(),
  preprocessing: shape.preprocessing.optional(),
  activation: shape.activation,
  multi_label: shape.multi_label.unwrap().optional(),
  temperature: shape.temperature.unwrap().optional(),
  trust: shape.trust,
  reference_window: shape.reference_window,
  version: shape.version,
});

const sizeNames = ["input_size", "image_size", "img_size", "input_shape"] as const;
const resizingNames = [
  "interpolation",
  "antialias",
  "shorter_side",
  "crop_pct",
  "crop_size",
  "mask_radius",
] as const;
const normalizationNames = ["value_range", "channel_order", "mean", "std"] as const;

/** Names under which a tag, a metadata entry, a param or a contract may declare one field. */
const simpleFieldNames: ReadonlySet<string> = new Set([
  ...labelNames,
  ...sizeNames,
  ...normalizationNames,
  ...resizingNames,
  "normalization",
  "normalisation",
  "image_mean",
  "image_std",
  "preprocessing",
  "activation",
  "multi_label",
  "temperature",
  "reference_window",
  "channels",
]);
const contractNames = new Set(["input", "height", "width", "trust", "version"]);
/** The names that are written most, for a message. */
const plainNames = ["labels", "input_size", "value_range", "normalization", "preprocessing", "interpolation"];

type Fields = Record<string, unknown>;

/** Whether a tag with this name is part of what a version declares. */
export const isContractTag = (name: string): boolean =>
  name === "model_contract" || simpleFieldNames.has(fieldName(name)) || isUnknownField(name);

/**
 * Reads a contract written as an object with any of its fields; those of `input` may be in an object of their own or
 * beside the others.
 *
 * @param place for errors: `model-contract.json`
 * @throws ModelError that names the field, what was expected and what came
 */
export function parseDeclaredContract(value: unknown, place: string): DeclaredContract {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ModelError(`${place}: contract: Expected an object with any of labels, input, preprocessing`);
  }
  const { input = {}, ...others } = value as Fields;
  const fields = { ...others, ...(input as Fields) };
  const unknown = Object.keys(fields).filter(
    (name) => !simpleFieldNames.has(fieldName(name)) && !contractNames.has(name),
  );
  if (unknown.length > 0) {
    throw new ModelError(
      `${place}: contract: Expected any of ${plainNames.join(", ")} but received ${unknown.join(", ")} (docs/models.md)`,
    );
  }
  return parseFields(fields, place);
}

/**
 * Reads the simple fields (`labels: "[a, b]"`, `input_size: 208x208`, `value_range: 0,1` ...) among entries whose
 * values are text (tags, params) or structured (MLmodel metadata). Other entries are left alone.
 *
 * @throws ModelError also for an unknown entry that looks like preprocessing: the version would answer wrongly if it
 * were ignored
 */
export function parseSimpleFields(entries: Readonly<Fields>, place: string): DeclaredContract {
  const unknown = Object.keys(entries).filter(isUnknownField);
  if (unknown.length > 0) {
    throw new ModelError(
      `${place}: ${unknown.join(", ")} looks like preprocessing but is not known here. Use value_range, mean, std, ` +
        "channel_order, normalization (imagenet, caffe, tf), input_size, preprocessing, interpolation, antialias, " +
        "shorter_side and crop_pct, or give the entry another name",
    );
  }
  return parseFields(pickSimpleFields(entries), place);
}

/**
 * Reads labels, pixel values and resizing from params, which training code writes for people. Ignored are names that
 * often mean something else in training (`activation`, `image_size`), and values that a field does not know
 * (`normalization: batch`).
 *
 * @param hasLabels whether a place that wins declares labels: a param of such a name may then say something else
 *   (`labels: inferred`, an argument of Keras's), and params cannot be changed
 */
export function parseParams(
  params: Readonly<Record<string, string>>,
  place: string,
  { hasLabels = false } = {},
): DeclaredContract {
  const entries = Object.entries(params).filter(([name]) => !(hasLabels && isLabelName(fieldName(name))));
  const strict = entries.filter(([name]) => strictParams.has(fieldName(name)));
  const lenient = entries.filter(([name]) => lenientParams.has(fieldName(name)));
  const readable = lenient.filter((entry) => {
    try {
      parseFields(Object.fromEntries([entry]), place);
      return true;
    } catch {
      return false;
    }
  });
  return parseFields(Object.fromEntries([...strict, ...readable]), place);
}

const strictParams: ReadonlySet<string> = new Set([
  ...labelNames,
  ...normalizationNames,
  "image_mean",
  "image_std",
]);
const lenientParams: ReadonlySet<string> = new Set([
  ...resizingNames,
  "normalization",
  "normalisation",
  "preprocessing",
]);

const pickSimpleFields = (entries: Readonly<Fields>): Fields =>
  Object.fromEntries(Object.entries(entries).filter(([name]) => simpleFieldNames.has(fieldName(name))));

/** Whether a tag, a metadata entry or a param of this name declares nothing here, and MLflow has not written it. */
export const isIgnored = (name: string): boolean =>
  !name.startsWith("mlflow.") && !simpleFieldNames.has(fieldName(name)) && name !== "model_contract";

const fieldName = (name: string) => name.toLowerCase().replaceAll("-", "_");

const isUnknownField = (name: string) => isIgnored(name) && looksLikePreprocessing(name);

function parseFields(entries: Readonly<Fields>, place: string): DeclaredContract {
  const fields: Fields = {};
  for (const [name, value] of Object.entries(entries)) {
    const known = fieldName(name);
    if (value !== undefined) fields[known] = isAsWritten(known, value) ? value : structured(value);
  }
  const labels = joinLabels(fields, place);
  const input = readInput(fields, place);
  return check(
    {
      ...(labels && { labels }),
      ...(Object.keys(input).length > 0 && { input }),
      ...readPreprocessing(fields, place),
      ...pick(fields, ["activation", "multi_label", "temperature", "trust"]),
      ...(fields.reference_window !== undefined && { reference_window: String(fields.reference_window) }),
      ...(fields.version !== undefined && { version: String(fields.version) }),
    },
    place,
  );
}

/**
 * A version "1.10" is not the number 1.1, and labels are read on their own. Thousands of numbers in base64 need no
 * reading as YAML, which would take 5 ms of a cold start.
 */
const isAsWritten = (name: string, value: unknown) =>
  isLabelName(name) || name === "version" || (name === "trust" && typeof value === "object");

const isLabelName = (name: string): name is LabelName => (labelNames as readonly string[]).includes(name);

/** @throws ModelError when two names have different labels */
function joinLabels(fields: Fields, place: string): string[] | undefined {
  const said = labelNames
    .filter((name) => fields[name] !== undefined)
    .map((name) => ({ name, labels: readLabels(name, fields[name], place) }))
    .filter(({ labels }) => labels !== undefined);
  const [first, ...others] = said;
  const other = others.find(({ labels }) => String(labels) !== String(first?.labels));
  if (other === undefined) return first?.labels;
  throw new ModelError(
    `${place}: ${first?.name} says ${first?.labels?.join(", ")} but ${other.name} says ${other.labels?.join(", ")}`,
  );
}

function readInput(fields: Fields, place: string): Fields {
  const preset = fields.normalization ?? fields.normalisation;
  const written: Fields = {
    ...(fields.value_range !== undefined && { value_range: readRange(fields.value_range) }),
    ...(fields.channel_order !== undefined && { channel_order: String(fields.channel_order).toLowerCase() }),
    ...channelsOf("mean", fields.mean ?? fields.image_mean),
    ...channelsOf("std", fields.std ?? fields.image_std),
  };
  if (preset !== undefined && Object.keys(written).length > 0) {
    throw new ModelError(
      `${place}: normalization: Expected a preset or ${Object.keys(written).join(", ")}, not both: ${String(preset)} says each of them`,
    );
  }
  const sizeName = sizeNames.find((name) => fields[name] !== undefined);
  return {
    ...pick(fields, ["height", "width", "channels"]),
    ...(sizeName && parseSize(fields[sizeName], `${place} ${sizeName}`)),
    ...(preset === undefined ? written : readPreset(preset, place)),
  };
}

const channelsOf = (name: string, value: unknown) =>
  value === undefined ? {} : { [name]: readChannels(value) };

/** An object is taken as it is; otherwise the kind follows from its name, or from the fields about resizing. */
function readPreprocessing(fields: Fields, place: string): { preprocessing?: unknown } {
  const { preprocessing } = fields;
  const details = pick(fields, resizingNames);
  const isSaid = Object.keys(details).length > 0;
  if (typeof preprocessing === "object" && preprocessing !== null) {
    return { preprocessing: { ...details, ...preprocessing } };
  }
  if (preprocessing === undefined && !isSaid) return {};
  const crops = details.crop_pct !== undefined || details.shorter_side !== undefined;
  const kind = preprocessing ?? (crops ? "center_crop" : "resize");
  if (!kinds.includes(String(kind))) {
    throw new ModelError(
      `${place}: preprocessing: Expected ${kinds.join(", ")}, or an object with such a kind, but received ${String(kind)}; ` +
        "what is done to the values is written as normalization (imagenet, caffe, tf) or value_range, mean, std and channel_order",
    );
  }
  return { preprocessing: { kind, ...details } };
}

const kinds = ["resize", "center_crop", "retina_disc"];

const pick = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]));

/** Most texts are a single word, such as a preset or a file name, which needs no YAML: to load that takes a twentieth of a cold start. */
const isPlainWord = (text: string) => /^[a-z][\w.-]*$/i.test(text) && !/^(true|false|null)$/i.test(text);

/** Reads the texts in a value: JSON and Python's repr of a list are both YAML; plain words stay text. */
function structured(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structured);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, structured(part)]));
  }
  if (typeof value !== "string" || isPlainWord(value)) return value;
  try {
    return parse(value, { maxAliasCount: 0 });
  } catch {
    return value;
  }
}

/**
 * Reads one number for a square, `208x224`, `[208, 224]` or `(208, 224)`; batch and channels may be there: `[1, 3, 208, 224]`,
 * or as Keras prints them, `(None, 208, 224, 3)`.
 */
function parseSize(written: unknown, place: string): { height: unknown; width: unknown } {
  const value = typeof written === "string" ? structured(written.replace(/^\((.*)\)$/, "[$1]")) : written;
  if (typeof value === "number") return { height: value, width: value };
  const parts = Array.isArray(value) ? value : (String(value).match(/\d+/g) ?? []).map(Number);
  const isText = typeof value === "string" && !/^\d+\s*[x,]\s*\d+$/.test(value);
  const [height, width, ...others] = parts.length > 2 ? withoutChannels(parts) : parts;
  if (isText || height === undefined || width === undefined || others.length > 0) {
    throw new ModelError(
      `${place}: Expected height x width, such as 208x208, but received ${String(written)}`,
    );
  }
  return { height, width };
}

function withoutChannels(parts: readonly unknown[]): unknown[] {
  const picture = parts.slice(-3);
  return picture[0] === 3 && picture[2] !== 3 ? picture.slice(1) : picture.slice(0, 2);
}

function check(value: Fields, place: string): DeclaredContract {
  const parsed = declaredContractSchema.safeParse(value, { error: describeMissing });
  if (parsed.success) return withoutUndefined(parsed.data);
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join(".") || "contract"}: ${issue.message}`,
  );
  throw new ModelError(`${place}: ${problems.join("; ")}`);
}

/** Zod calls a field that is not there invalid. */
function describeMissing(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input !== undefined) return undefined;
  return issue.code === "invalid_value" ? `missing; expected ${issue.values.join(" or ")}` : "missing";
}

/** A field that is present but undefined would hide what another place declares. */
function withoutUndefined({ input, ...fields }: z.infer<typeof declaredContractSchema>): DeclaredContract {
  return { ...definedIn(fields), ...(input && { input: definedIn(input) }) } as DeclaredContract;
}

const definedIn = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
