import { parse } from "yaml";
import * as z from "zod";
import { type DeclaredContract, modelContractSchema } from "../contracts/model.ts";
import { ModelError } from "../errors/model-error.ts";

const inputSchema = modelContractSchema.shape.input;

/** Each field on its own and without its default: what a place does not say must stay unsaid. */
const declaredContractSchema = z.strictObject({
  labels: modelContractSchema.shape.labels.optional(),
  input: z
    .strictObject({
      height: inputSchema.shape.height.optional(),
      width: inputSchema.shape.width.optional(),
      channels: inputSchema.shape.channels.optional(),
      value_range: inputSchema.shape.value_range.unwrap().optional(),
    })
    .optional(),
  preprocessing: modelContractSchema.shape.preprocessing.optional(),
  temperature: modelContractSchema.shape.temperature.unwrap().optional(),
  reference_window: modelContractSchema.shape.reference_window,
  version: modelContractSchema.shape.version,
});

/** Names under which a tag, a metadata entry or a param may give one field. */
export const simpleFieldNames = [
  "labels",
  "class_names",
  "temperature",
  "preprocessing",
  "value_range",
  "input_size",
  "reference_window",
] as const;

/**
 * Reads a contract written as an object (any of its fields).
 *
 * @param place how an error names where it stood: `model-contract.json`
 * @throws ModelError naming the field, what was expected and what came
 */
export function parseDeclaredContract(value: unknown, place: string): DeclaredContract {
  const parsed = declaredContractSchema.safeParse(value);
  if (parsed.success) return withoutUndefined(parsed.data);
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join(".") || "contract"}: ${issue.message}`,
  );
  throw new ModelError(`${place}: ${problems.join("; ")}`);
}

/**
 * Reads the simple fields (`labels: "[a, b]"`, `input_size: 208x208`, `value_range: 0,1` ...) among entries whose values
 * are text (tags, params) or structured (MLmodel metadata). Other entries are left alone.
 */
export function parseSimpleFields(
  entries: Readonly<Record<string, unknown>>,
  place: string,
): DeclaredContract {
  const present = simpleFieldNames.filter((name) => entries[name] !== undefined);
  if (present.length === 0) return {};
  const values = Object.fromEntries(present.map((name) => [name, structured(entries[name])]));
  const size =
    values.input_size === undefined ? undefined : parseSize(values.input_size, `${place} input_size`);
  const input = {
    ...size,
    ...(values.value_range !== undefined && { value_range: asList(values.value_range) }),
  };
  const labels = values.labels ?? values.class_names;
  return parseDeclaredContract(
    {
      ...(labels !== undefined && { labels: asList(labels) }),
      ...(Object.keys(input).length > 0 && { input }),
      ...(values.preprocessing !== undefined && { preprocessing: asPreprocessing(values.preprocessing) }),
      ...(values.temperature !== undefined && { temperature: values.temperature }),
      ...(values.reference_window !== undefined && { reference_window: String(values.reference_window) }),
    },
    place,
  );
}

/** Text as a tag holds it: JSON, Python's repr of a list (YAML reads both), or plain words. */
function structured(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return parse(value, { maxAliasCount: 0 });
  } catch {
    return value;
  }
}

function asList(value: unknown): unknown {
  return typeof value === "string" ? value.split(",").map((item) => structured(item.trim())) : value;
}

function asPreprocessing(value: unknown): unknown {
  return typeof value === "string" ? { kind: value } : value;
}

function parseSize(value: unknown, place: string): { height: unknown; width: unknown } {
  if (typeof value === "number") return { height: value, width: value };
  if (Array.isArray(value)) return { height: value[0], width: value[1] };
  const [, height, width] = /^(\d+)\s*[x,]\s*(\d+)$/.exec(String(value)) ?? [];
  if (height === undefined || width === undefined) {
    throw new ModelError(`${place}: Expected height x width, such as 208x208, but received ${String(value)}`);
  }
  return { height: Number(height), width: Number(width) };
}

function withoutUndefined(declared: z.infer<typeof declaredContractSchema>): DeclaredContract {
  const { input, ...fields } = declared;
  const kept = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  if (input === undefined) return kept;
  return {
    ...kept,
    input: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
  };
}
