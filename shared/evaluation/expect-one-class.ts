import { InputError } from "../errors/input-error.ts";
import type { ModelContract } from "../schemas/model.ts";

/** Why photographs with one class each cannot judge a version of which several classes can be true. */
export const severalClasses =
  "Several classes can be true of one photograph for this version (multi_label), but a labelled photograph names one and does not say that the others are absent";

/**
 * Expects a version that names one class per photograph, as labelled photographs do.
 *
 * @param version as a sentence about it begins, e.g. `Version 7 of eyes`
 * @throws InputError for one whose contract says `multi_label`
 */
export function expectOneClass(version: string, { multi_label }: Pick<ModelContract, "multi_label">): void {
  if (!multi_label) return;
  throw new InputError(
    `${version} cannot be judged by photographs with one class each. ${severalClasses}. Clinicians' labels of its answers judge it: \`npm run compare\` without photographs, and /metrics`,
  );
}
