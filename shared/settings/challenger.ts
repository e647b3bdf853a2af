import * as z from "zod";
import { numberBetween } from "./types.ts";

/** The version that is tried beside the one that serves. */
export const challengerSettings = z
  .object({
    CHALLENGER_ALIAS: z
      .string()
      .regex(/^[\w-]{1,255}$/, "Expected the name of an alias, or none")
      .default("challenger"),
    AB_TEST_SHARE: numberBetween(0, 0.9, 0),
    AB_TEST_HEADER: z
      .string()
      .regex(/^[\w-]{1,100}$/, "Expected the name of a header")
      .default("x-ab-test-key"),
  })
  .transform((v) => ({
    /** Undefined: no version is tried. */
    alias: v.CHALLENGER_ALIAS === "none" ? undefined : v.CHALLENGER_ALIAS,
    /**
     * Share of the requests that it answers, 0..0.9. It answers the other photographs in the shadow, after the
     * response.
     */
    share: v.AB_TEST_SHARE,
    /** Name of a header, in lower case: requests with the same value of it go to the same arm. */
    keyHeader: v.AB_TEST_HEADER.toLowerCase(),
  }));
export type ChallengerSettings = z.output<typeof challengerSettings>;
