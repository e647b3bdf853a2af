import * as z from "zod";
import { oneOf } from "./types.ts";

export const inputCheckPolicies = ["flag", "reject", "off"] as const;

/** What happens to a photograph that cannot be graded: answered with warnings, refused with 422, or not looked at. */
export const inputCheckSettings = z
  .object({ INPUT_CHECK: oneOf(inputCheckPolicies, "flag") })
  .transform((v) => ({ policy: v.INPUT_CHECK }));
export type InputCheckSettings = z.output<typeof inputCheckSettings>;
