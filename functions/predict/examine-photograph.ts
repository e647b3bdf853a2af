import { RequestError } from "../../shared/errors/request-error.ts";
import { measurePhotograph } from "../../shared/image/measures/measure-photograph.ts";
import type { RgbImage } from "../../shared/image/rgb-image.ts";
import { checkFeatures } from "../../shared/input-checks/check-features.ts";
import { checkPhotograph } from "../../shared/input-checks/check-photograph.ts";
import type { ModelAnswer, ModelContract } from "../../shared/schemas/model.ts";
import type { PredictionWarning } from "../../shared/schemas/prediction.ts";
import type { InputCheckSettings } from "../../shared/settings/input-check.ts";

type Trust = Pick<ModelContract, "trust">;

/**
 * Finds the reasons in the photograph itself why an answer to it cannot be relied on.
 *
 * @throws RequestError `ungradable_photograph` where the policy is to refuse a photograph that cannot be graded
 */
export function examinePhotograph(
  image: RgbImage,
  { trust }: Trust,
  { policy }: InputCheckSettings,
): PredictionWarning[] {
  if (policy === "off") return [];
  const warnings = checkPhotograph(measurePhotograph(image), trust?.measure_limits);
  if (policy === "reject") refuse(warnings);
  return warnings;
}

/**
 * Adds to the warnings what the model's features show.
 *
 * @throws RequestError as `examinePhotograph`
 */
export function examineFeatures(
  warnings: PredictionWarning[],
  { featureDistance }: Pick<ModelAnswer, "featureDistance">,
  { trust }: Trust,
  { policy }: InputCheckSettings,
): PredictionWarning[] {
  if (policy === "off") return [];
  const all = checkFeatures(warnings, featureDistance, trust?.feature_distance?.limit);
  if (policy === "reject") refuse(all);
  return all;
}

function refuse(warnings: PredictionWarning[]): void {
  if (warnings.length === 0) return;
  const reasons = warnings.map(({ code, message }) => `${message} (${code})`).join(" ");
  throw new RequestError(
    "ungradable_photograph",
    `Expected a photograph that can be graded but received one that cannot. ${reasons}`,
    { warnings },
  );
}
