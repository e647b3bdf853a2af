import * as z from "zod";
import { estimateSchema } from "./evaluation-report.ts";

/** How good answers were by clinicians' labels: shares 0..1 with 95 % intervals. */
export const realisedFiguresSchema = z.object({
  /** Answers that have a label. */
  labelled: z.int().nonnegative(),
  accuracy: estimateSchema,
  classes: z.array(
    z.object({
      label: z.string(),
      /** Answers whose label is this class. */
      labelled: z.int().nonnegative(),
      sensitivity: estimateSchema,
      specificity: estimateSchema,
    }),
  ),
});
export type RealisedFigures = z.infer<typeof realisedFiguresSchema>;
