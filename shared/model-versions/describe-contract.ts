import type { PreparedModel } from "../serving/model-process/prepare-model.ts";

/** One field of a contract, for people to read. */
export interface DescribedField {
  /** `labels`, `input.value_range`. */
  field: string;
  value: string;
  /** The file, tag or param that declares it; undefined where it is assumed. */
  place: string | undefined;
  /** What supports an assumed value, or that nothing does; absent where nobody looked. */
  evidence?: string;
}

/** Every field of a version's contract, its value and where it came from. */
export function describeContract({
  contract,
  contractBy,
}: Pick<PreparedModel, "contract" | "contractBy">): DescribedField[] {
  const { input, version: _version, ...others } = contract;
  const inputs = Object.entries(input).map(([name, value]) => [`input.${name}`, value] as const);
  return [...Object.entries(others), ...inputs]
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => {
      const evidence = /^assumed: (.*)$/.exec(contractBy[field] ?? "")?.[1];
      return {
        field,
        value: describeValue(value),
        place: placeOf(contractBy[field]),
        ...(evidence !== undefined && { evidence }),
      };
    });
}

/** The fields of a contract that nothing declares. */
export const listAssumed = (contractBy: Readonly<Record<string, string>>): string[] =>
  Object.keys(contractBy).filter((field) => placeOf(contractBy[field]) === undefined);

/**
 * One line of declared fields, one of assumed fields, one where entries of the metadata are ignored, and one where
 * probabilities were added to the graph.
 */
export function renderSources(model: Pick<PreparedModel, "contract" | "contractBy">): string[] {
  const fields = describeContract(model);
  const declared = fields.filter(({ place }) => place !== undefined && place !== "graph");
  const assumed = fields.filter(({ place }) => place === undefined);
  const { ignored, probabilities } = model.contractBy;
  return [
    `declared: ${declared.map(({ field, value, place }) => `${field} ${value} (${place})`).join("; ") || "nothing"}`,
    `assumed: ${assumed.map(renderAssumed).join("; ") || "nothing"}`,
    ...(ignored === undefined ? [] : [`ignored: ${ignored}`]),
    ...(probabilities === undefined ? [] : [`probabilities: ${probabilities}`]),
  ];
}

export const renderAssumed = ({ field, value, evidence }: DescribedField): string =>
  `${field} ${value}${evidence === undefined ? "" : ` (${evidence})`}`;

function describeValue(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ");
  if (isFloats(value)) return `${(Buffer.byteLength(value, "base64") / 4).toFixed(0)} numbers`;
  if (typeof value !== "object" || value === null) return String(value);
  const parts = Object.entries(value).map(([name, part]) =>
    name === "kind" ? String(part) : `${name} ${describeValue(part)}`,
  );
  return parts.join(", ");
}

/** Base64 of float32 values, as the fields of `trust` hold them. */
const isFloats = (value: unknown): value is string =>
  typeof value === "string" && /^[\w+/]{43,}={0,2}$/.test(value);

function placeOf(place: string | undefined): string | undefined {
  return place === undefined || /^(default|assumed)/.test(place) ? undefined : place;
}
