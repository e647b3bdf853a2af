import type { PhotographComparison } from "../schemas/comparison-report.ts";
import type { EvaluatedPhotograph, UnansweredPhotograph } from "../schemas/evaluation-report.ts";
import { estimateProportion } from "../statistics/proportion-interval.ts";
import { type AnsweredPair, comparePairs } from "./paired-difference.ts";
import { computeRealisedFigures } from "./realised-figures.ts";

interface AnsweredTwice {
  photograph: EvaluatedPhotograph;
  first: string;
  second: string;
}

/**
 * Compares two versions on the photographs that both answered.
 *
 * @param labels each version's classes, in the order of its probabilities
 * @param calibrationErrors of each version on these photographs
 * @param unanswered photographs that either version did not answer
 */
export function comparePhotographs(
  [first, second]: readonly [readonly EvaluatedPhotograph[], readonly EvaluatedPhotograph[]],
  [firstLabels, secondLabels]: readonly [readonly string[], readonly string[]],
  calibrationErrors: readonly [number | null, number | null],
  unanswered: readonly UnansweredPhotograph[] = [],
): PhotographComparison {
  const others = new Map(second.map((photograph) => [photograph.file, photograph]));
  const answered = first.flatMap((photograph): AnsweredTwice[] => {
    const other = others.get(photograph.file);
    if (other === undefined) return [];
    return [
      {
        photograph,
        first: nameClass(photograph.probabilities, firstLabels),
        second: nameClass(other.probabilities, secondLabels),
      },
    ];
  });
  const classes = [...new Set(answered.map(({ photograph }) => photograph.label))].sort();
  const realisedOf = (version: "first" | "second") =>
    computeRealisedFigures(
      answered.map((answer) => ({ label: answer.photograph.label, predicted_class: answer[version] })),
      classes,
    );
  const differing = answered.filter((answer) => answer.first !== answer.second);
  return {
    photographs: answered.length,
    unanswered: [...new Map(unanswered.map((photograph) => [photograph.file, photograph])).values()],
    realised: [realisedOf("first"), realisedOf("second")],
    agreement: estimateProportion(answered.length - differing.length, answered.length),
    accuracy: comparePairs(answered.map(toPair)),
    classes: classes.map((label) => ({
      label,
      sensitivity: comparePairs(answered.filter(({ photograph }) => photograph.label === label).map(toPair)),
    })),
    calibration_error: [...calibrationErrors],
    differing: differing.map((answer) => ({
      id: answer.photograph.file,
      first: answer.first,
      second: answer.second,
      label: answer.photograph.label,
    })),
  };
}

const toPair = ({ photograph: { source, patient, label }, first, second }: AnsweredTwice): AnsweredPair => ({
  patient: `${source}\n${patient}`,
  isFirstRight: first === label,
  isSecondRight: second === label,
});

function nameClass(probabilities: readonly number[], labels: readonly string[]): string {
  return labels[probabilities.indexOf(Math.max(...probabilities))] ?? "";
}
