import { ModelError } from "../../errors/model-error.ts";
import type { ModelContract, ModelEvidence, ModelIdentity } from "../../schemas/model.ts";
import { describeTag } from "./describe-tag.ts";

type Scale = Pick<ModelContract["input"], "value_range" | "mean" | "std">;

/** Ways to write a picture that cannot be mistaken for one another. */
const forms = {
  unit: { values: "0..1", field: "value_range", value: "0,1", or: "" },
  signed: {
    values: "around 0",
    field: "normalization",
    value: "imagenet",
    or: ' (or "value_range": "-1,1")',
  },
  bytes: { values: "0..255", field: "value_range", value: "0,255", or: "" },
  centred: { values: "0..255 minus a mean", field: "normalization", value: "caffe", or: "" },
} as const;
type Form = keyof typeof forms;

const lineOf = (form: Form) => `"${forms[form].field}": "${forms[form].value}"${forms[form].or}`;

/**
 * Compares what is assumed about a model's values with the input example that was logged with it.
 *
 * @returns whether the example confirms the assumption
 * @throws ModelError when they contradict each other, with the line to add
 */
export function checkExample(
  { exampleRange }: ModelEvidence,
  normalization: Scale,
  identity: ModelIdentity,
  isAssumed: boolean,
): boolean {
  const shown = exampleRange && formOf(exampleRange);
  if (exampleRange === undefined || shown === undefined || !isAssumed) return false;
  const assumed = formOf(rangeOf(normalization));
  if (assumed === undefined) return false;
  if (assumed === shown) return true;
  const [low, high] = exampleRange.map((value) => Number(value.toPrecision(3)));
  const tag = describeTag(identity, forms[shown].field, forms[shown].value);
  throw new ModelError(
    `Its input example holds values from ${low} to ${high}, but nothing declares the range of its values, and ${forms[assumed].values} would be assumed. ` +
      `Say it: metadata={${lineOf(shown)}} at log_model${tag === undefined ? "" : `, or for this version ${tag}`}; if the example is not a real picture, metadata={${lineOf(assumed)}}`,
  );
}

/** Lowest and highest value that a picture can have. */
function rangeOf({ value_range: [low, high], mean, std }: Scale): [number, number] {
  const ends = [low, high].flatMap((value) =>
    mean.map((channelMean, channel) => (value - channelMean) / (std[channel] as number)),
  );
  return [Math.min(...ends), Math.max(...ends)];
}

/** Undefined for a range that shows nothing: one value everywhere, or one that fits several forms. */
function formOf([low, high]: readonly [number, number]): Form | undefined {
  if (low === high) return undefined;
  if (low >= 0 && high <= 1.001) return "unit";
  if (low < -10) return "centred";
  if (low < -0.001) return high <= 10 ? "signed" : undefined;
  return high > 10 ? "bytes" : undefined;
}
