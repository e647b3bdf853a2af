import * as z from "zod";
import { engineNames } from "./model.ts";

/** State of the version that is tried beside the one that serves. */
export const challengerStateSchema = z.object({
  status: z
    .enum(["absent", "ready", "failed"])
    .describe("`absent`: no version has the alias, or the serving one has it; `failed`: see `problem`"),
  version: z.string().optional(),
  engine: z.enum(engineNames).optional(),
  /** Why it does not answer, or answers only some photographs, or only in the shadow. */
  problem: z.string().optional(),
  /** Why its A/B test was ended, from the version's tag; it then gets no more requests. */
  test_ended: z.string().optional(),
});
export type ChallengerState = z.infer<typeof challengerStateSchema>;

/** Tag of a challenger's version that ends its A/B test and holds the reason: from then on it gets no requests. */
export const testEndedTag = "ab_test.ended";
/** Tag of a challenger's version with the time from which its A/B test counts: without it a test that begins again counts what ended it. */
export const testSinceTag = "ab_test.since";
