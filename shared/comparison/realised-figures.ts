import { classesOf } from "../schemas/inference-record.ts";
import type { RealisedFigures } from "../schemas/realised-figures.ts";
import { estimateProportion } from "../statistics/proportion-interval.ts";

/** An answer and the label of its photograph. */
export interface LabelledAnswer {
  label: string;
  predicted_class: string;
  /** The classes that are named, where several can be right. */
  predicted_classes?: readonly string[] | undefined;
}

/**
 * Accuracy, and sensitivity and specificity of each class against all others, by clinicians' labels. Clinicians are
 * more likely to label what they doubt, so the figures describe the labelled answers, not all answers.
 *
 * @param classes in the order in which they are shown; further classes that labels name follow
 */
export function computeRealisedFigures(
  answers: readonly LabelledAnswer[],
  classes: readonly string[],
): RealisedFigures {
  const named = [...new Set([...classes, ...answers.map(({ label }) => label).sort()])];
  const names = (answer: LabelledAnswer, name: string) => classesOf(answer).includes(name);
  const right = answers.filter((answer) => names(answer, answer.label)).length;
  return {
    labelled: answers.length,
    accuracy: estimateProportion(right, answers.length),
    classes: named.map((name) => {
      const ofClass = answers.filter(({ label }) => label === name);
      const others = answers.filter(({ label }) => label !== name);
      const found = ofClass.filter((answer) => names(answer, name)).length;
      const spared = others.filter((answer) => !names(answer, name)).length;
      return {
        label: name,
        labelled: ofClass.length,
        sensitivity: estimateProportion(found, ofClass.length),
        specificity: estimateProportion(spared, others.length),
      };
    }),
  };
}
