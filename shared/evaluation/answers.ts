import type { EvaluatedPhotograph } from "../schemas/evaluation-report.ts";

/** The answer to a photograph; classes are positions among the labels. */
export interface Answer {
  source: string;
  patient: string;
  actual: number;
  predicted: number;
  /** Probability of `predicted`. */
  confidence: number;
  probabilities: readonly number[];
}

/** @throws RangeError when a photograph's class is not one of the labels */
export function toAnswers(photographs: readonly EvaluatedPhotograph[], labels: readonly string[]): Answer[] {
  return photographs.map(({ file, label, source, patient, probabilities }) => {
    const actual = labels.indexOf(label);
    if (actual < 0)
      throw new RangeError(`Expected one of ${labels.join(", ")} for ${file} but received ${label}`);
    const confidence = Math.max(...probabilities);
    const predicted = probabilities.indexOf(confidence);
    return { source, patient: `${source}\n${patient}`, actual, predicted, confidence, probabilities };
  });
}

/** The answers by key, in the order in which the keys first appear. */
export function groupBy<K>(answers: readonly Answer[], keyOf: (answer: Answer) => K): Map<K, Answer[]> {
  const groups = new Map<K, Answer[]>();
  for (const answer of answers) {
    const group = groups.get(keyOf(answer));
    if (group === undefined) groups.set(keyOf(answer), [answer]);
    else group.push(answer);
  }
  return groups;
}

/** Share of the answers for which `holds` is true; null without answers. */
export function shareOf(answers: readonly Answer[], holds: (answer: Answer) => boolean): number | null {
  return answers.length === 0 ? null : answers.filter(holds).length / answers.length;
}

export const isRight = ({ actual, predicted }: Answer): boolean => actual === predicted;

/** Mean of the values that are not null; null when there are none. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
