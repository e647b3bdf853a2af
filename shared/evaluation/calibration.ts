import type { CalibrationBin } from "../schemas/evaluation-report.ts";
import { type Answer, isRight, meanOf, shareOf } from "./answers.ts";

const binCount = 10;

/** Mean confidence and accuracy in ten bins of equal width; for a calibrated model the two are equal in each bin. */
export function computeCalibration(answers: readonly Answer[]): CalibrationBin[] {
  return Array.from({ length: binCount }, (_, index) => {
    const from = index / binCount;
    const to = (index + 1) / binCount;
    const within = answers.filter(({ confidence }) => confidence > from && confidence <= to);
    return {
      from,
      to,
      photographs: within.length,
      confidence: meanOf(within.map(({ confidence }) => confidence)),
      accuracy: shareOf(within, isRight),
    };
  });
}

/** Expected calibration error (Guo et al. 2017, equation 3) over ten bins, 0..1; null without answers. */
export function computeCalibrationError(answers: readonly Answer[]): number | null {
  if (answers.length === 0) return null;
  return computeCalibration(answers).reduce(
    (sum, { photographs, confidence, accuracy }) =>
      sum + (photographs / answers.length) * Math.abs((confidence ?? 0) - (accuracy ?? 0)),
    0,
  );
}
