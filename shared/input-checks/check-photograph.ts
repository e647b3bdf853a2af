import type { PhotographMeasures } from "../schemas/photograph-measures.ts";
import type { PredictionWarning } from "../schemas/prediction.ts";
import { blurred } from "./blurred.ts";
import { discCutOff } from "./disc-cut-off.ts";
import type { InputCheck } from "./input-check.ts";
import { lowContrast } from "./low-contrast.ts";
import { defaultLimits, type MeasureLimits } from "./measure-limits.ts";
import { notAFundusPhotograph } from "./not-a-fundus-photograph.ts";
import { reflection } from "./reflection.ts";
import { tooBright } from "./too-bright.ts";
import { tooDark } from "./too-dark.ts";
import { unevenLight } from "./uneven-light.ts";

/** Every check, the most serious first. */
export const inputChecks: readonly InputCheck[] = [
  notAFundusPhotograph,
  tooDark,
  tooBright,
  blurred,
  discCutOff,
  reflection,
  lowContrast,
  unevenLight,
];

/** Where no disc stands out, there is nothing whose sharpness or light could be judged. */
const checksWithoutDisc: readonly InputCheck[] = [notAFundusPhotograph, tooDark, tooBright];

/** Limits that a model version declares in place of the service's own. */
export type DeclaredLimits = { [Name in keyof MeasureLimits]?: MeasureLimits[Name] | undefined };

/**
 * Whether a photograph can be graded at all.
 *
 * @returns the reasons why it cannot, the most serious first; none for a good photograph
 */
export function checkPhotograph(
  measures: PhotographMeasures,
  declared: DeclaredLimits = {},
): PredictionWarning[] {
  const limits = { ...defaultLimits, ...declared } as MeasureLimits;
  const checks = measures.disc_share === 0 ? checksWithoutDisc : inputChecks;
  return checks
    .filter((check) => check.fails(measures, limits))
    .map(({ code, message }) => ({ code, message }));
}
