import type { StoreLocation } from "../../shared/aws/store-location.ts";
import { computeRealisedFigures } from "../../shared/comparison/realised-figures.ts";
import type { AnalysedWindow } from "../../shared/drift/window/analysed-window.ts";
import { createLabelStore } from "../../shared/labels/label-store.ts";
import type { LabelRecord } from "../../shared/schemas/label.ts";
import type { RealisedFigures } from "../../shared/schemas/realised-figures.ts";

/**
 * Computes how right a window's answers were, by the labels that clinicians have given since.
 *
 * @param isMeant whether a label from the window's time is for an answer of the window
 * @returns null when no answer has a label
 * @throws StorageError when S3 cannot be read
 */
export async function readRealisedFigures(
  location: StoreLocation,
  { origin, labels: classes }: AnalysedWindow,
  isMeant: (label: LabelRecord) => boolean,
): Promise<RealisedFigures | null> {
  const { first_timestamp_ms: sinceMs, last_timestamp_ms: untilMs } = origin;
  if (sinceMs === null || untilMs === null) return null;
  const labels = await createLabelStore(location).readPeriod({ sinceMs, untilMs });
  const answers = labels.filter(isMeant).map(({ label, prediction }) => ({ label, ...prediction }));
  return answers.length === 0 ? null : computeRealisedFigures(answers, classes);
}
