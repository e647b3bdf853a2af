import type { PhotographMeasures } from "../schemas/photograph-measures.ts";
import type { WarningCode } from "../schemas/prediction.ts";
import type { MeasureLimits } from "./measure-limits.ts";

/** One reason not to trust an answer, found in the photograph itself. Pure and quick. */
export interface InputCheck {
  readonly code: WarningCode;
  /** What is wrong and what the photographer can do about it. */
  readonly message: string;
  readonly fails: (measures: PhotographMeasures, limits: MeasureLimits) => boolean;
}
