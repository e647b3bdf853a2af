import type { PredictionWarning } from "../schemas/prediction.ts";

const unlikeAnyFundus: PredictionWarning = {
  code: "not_a_fundus_photograph",
  message:
    "To the model this does not look like a photograph of the back of an eye. Check that the right file was chosen, and that it was not " +
    "compressed or blurred beyond recognition.",
};

/**
 * Adds a warning for what only the model itself sees, in a photograph that passes every other check: a disc that is
 * painted like a retina, an eye from outside in a circle. A photograph that already has a warning keeps that one, which
 * says what to do about it.
 *
 * @param distance of its features from those of fundus photographs, in standard deviations; undefined where it is
 *   unknown
 * @param limit largest distance that the version accepts; undefined where it declares none
 */
export function checkFeatures(
  warnings: readonly PredictionWarning[],
  distance: number | undefined,
  limit: number | undefined,
): PredictionWarning[] {
  if (warnings.length > 0 || distance === undefined || limit === undefined || distance <= limit)
    return [...warnings];
  return [unlikeAnyFundus];
}
