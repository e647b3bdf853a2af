import { classesOf } from "../schemas/inference-record.ts";
import type { RealisedFigures } from "../schemas/realised-figures.ts";
import { estimateProportion } from "./proportion-interval.ts";

/** An answer whose true class is known. */
export interface LabelledAnswer {
  label: string;
  predicted_class: string;
  /** Where several classes can be right: those that are named. */
  predicted_classes?: readonly string[] | undefined;
}

/**
 * Accuracy, and sensitivity and specificity of each class against all others, by labels. Clinicians label what they doubt
 * sooner than the rest, so that these are figures of the labelled answers, not of all.
 *
 * @param classes in the order in which they are shown; what labels name beside them is added
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
