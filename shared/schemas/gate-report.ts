import * as z from "zod";
import { servedPeriodSchema } from "./comparison-report.ts";

export const gateCheckSchema = z.object({
  /** `loadable`, `memory`, `latency`, `sensitivity_<class>`, `calibration`, `frame`, `corruption`. */
  name: z.string(),
  /** `unchecked`: there was nothing to check it with. */
  status: z.enum(["passed", "failed", "unchecked"]),
  /** The measurement and the requirement, in words. */
  text: z.string(),
});
export type GateCheck = z.infer<typeof gateCheckSchema>;

/** Text of the checks that need an evaluation set where there is none. */
export const noEvaluationSet = "There is no evaluation set (EVALUATION_SET)";

/** The checks of a version that is to serve, and their results. */
export const gateReportSchema = z.object({
  model: z.string(),
  version: z.string(),
  /** The version that has the pointer now; null when none has. */
  serving: z.string().nullable(),
  pointer: z.string(),
  /** ISO 8601. */
  checked_at: z.string(),
  checked_by: z.string(),
  evaluation_set: z
    .object({
      photographs: z.int(),
      /** Those that the version answered: figures are of these alone. */
      answered: z.int(),
      /** SHA-256 of the photographs' names, labels and bytes: the same set gives the same. */
      sha256: z.string(),
    })
    .nullable(),
  checks: z.array(gateCheckSchema),
  /** `incomplete`: nothing failed, but something could not be checked. */
  verdict: z.enum(["passed", "failed", "incomplete"]),
  /** Why somebody moved the version although the gate refused it. */
  forced: z.string().nullable(),
  history: z.array(servedPeriodSchema),
});
export type GateReport = z.infer<typeof gateReportSchema>;
