import * as z from "zod";

/** `true` or `false`; also 1/0, yes/no and on/off in any case, as users of the replaced service write them. */
export const flag = (byDefault: boolean) =>
  z
    .string()
    .default(String(byDefault))
    .transform((value, context) => {
      const text = value.trim().toLowerCase();
      if (["true", "1", "yes", "on"].includes(text)) return true;
      if (["false", "0", "no", "off"].includes(text)) return false;
      context.addIssue({ code: "custom", message: `Expected true or false but received ${value}` });
      return z.NEVER;
    });

/** A number within bounds, from text. */
export const numberBetween = (minimum: number, maximum: number, byDefault: number) =>
  z.string().default(String(byDefault)).transform(parseNumberBetween(minimum, maximum));

export const wholeNumberBetween = (minimum: number, maximum: number, byDefault: number) =>
  numberBetween(minimum, maximum, byDefault).refine(Number.isInteger, "Expected a whole number");

/** A number within bounds without a default, for settings whose default depends on others. */
export const optionalNumberBetween = (minimum: number, maximum: number) =>
  z.string().transform(parseNumberBetween(minimum, maximum)).optional();

const parseNumberBetween =
  (minimum: number, maximum: number) => (value: string, context: z.RefinementCtx) => {
    const parsed = Number(value);
    if (value.trim() !== "" && parsed >= minimum && parsed <= maximum) return parsed;
    context.addIssue({
      code: "custom",
      message: `Expected a number from ${minimum} to ${maximum} but received ${value}`,
    });
    return z.NEVER;
  };

/** One of a few words, in any case. */
export const oneOf = <T extends string>(values: readonly T[], byDefault: T) =>
  z
    .string()
    .default(byDefault)
    .transform((value, context) => {
      const found = values.find((candidate) => candidate.toLowerCase() === value.trim().toLowerCase());
      if (found !== undefined) return found;
      context.addIssue({
        code: "custom",
        message: `Expected one of ${values.join(", ")} but received ${value}`,
      });
      return z.NEVER;
    });

export const httpAddress = z
  .string()
  .regex(/^https?:\/\/[^\s]+$/, "Expected an address that starts with http:// or https://");
