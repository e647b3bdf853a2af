import type { ModelContract } from "../../shared/contracts/model.ts";
import type { PredictionWarning } from "../../shared/contracts/prediction.ts";
import { RequestError } from "../../shared/errors/request-error.ts";
import { measurePhotograph } from "../../shared/image/measure-photograph.ts";
import type { RgbImage } from "../../shared/image/rgb-image.ts";
import { checkPhotograph } from "../../shared/input-checks/check-photograph.ts";
import type { InputCheckSettings } from "../../shared/settings/input-check.ts";

/**
 * Why an answer cannot be relied on, as far as the photograph itself says it.
 *
 * @throws RequestError `ungradable_photograph` where the policy is to refuse a photograph that cannot be graded
 */
export function examinePhotograph(
  image: RgbImage,
  { trust }: Pick<ModelContract, "trust">,
  { policy }: InputCheckSettings,
): PredictionWarning[] {
  if (policy === "off") return [];
  const warnings = checkPhotograph(measurePhotograph(image), trust?.measure_limits);
  if (policy === "reject" && warnings.length > 0) {
    const reasons = warnings.map(({ code, message }) => `${message} (${code})`).join(" ");
    throw new RequestError(
      "ungradable_photograph",
      `Expected a photograph that can be graded but received one that cannot. ${reasons}`,
    );
  }
  return warnings;
}
