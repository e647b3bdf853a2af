import type { EvaluatedPhotograph } from "../../../shared/schemas/evaluation-report.ts";

export const labels = ["glaucoma", "normal"];

/** Photographs of one source with their class and the probability of glaucoma; each of a patient of its own unless named. */
export function photographsOf(
  source: string,
  ...cases: [label: string, glaucoma: number, patient?: string][]
): EvaluatedPhotograph[] {
  return cases.map(([label, glaucoma, patient], index) => ({
    file: `${source}/${index}.jpg`,
    source,
    patient: patient ?? String(index),
    label,
    probabilities: [glaucoma, 1 - glaucoma],
  }));
}
