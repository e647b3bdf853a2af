import * as z from "zod";
import { engineNames } from "./model.ts";

/** What became of the version that is tried beside the one that serves. */
export const challengerStateSchema = z.object({
  status: z
    .enum(["absent", "ready", "failed"])
    .describe("`absent`: no version has the alias, or the serving one has it; `failed`: see `problem`"),
  version: z.string().optional(),
  engine: z.enum(engineNames).optional(),
  /** Why it does not answer. */
  problem: z.string().optional(),
  /** Version tag by which its A/B test was ended; requests are then no longer given to it. */
  test_ended: z.string().optional(),
});
export type ChallengerState = z.infer<typeof challengerStateSchema>;
