import * as z from "zod";
import { oneOf } from "./types.ts";

export const inputCheckPolicies = ["flag", "reject", "off"] as const;

/**
 * What happens to a photograph that cannot be graded: an answer with warnings (flag), a 422 (reject), or no check
 * (off).
 */
export const inputCheckSettings = z
  .object({ INPUT_CHECK: oneOf(inputCheckPolicies, "flag") })
  .transform((v) => ({ policy: v.INPUT_CHECK }));
export type InputCheckSettings = z.output<typeof inputCheckSettings>;
