/** From this probability on, a class that has one of its own counts as true of the picture. */
const trueFrom = 0.5;

/**
 * How sure a model is of its answer, 0..1: the probability of the likeliest class. Where each class has a probability
 * of its own, it is that of the least certain verdict (true or not true).
 */
export function computeCertainty(
  probabilities: Readonly<Record<string, number>>,
  isMultiLabel: boolean,
): number {
  const values = Object.values(probabilities);
  return isMultiLabel ? Math.min(...values.map((p) => Math.max(p, 1 - p))) : Math.max(...values);
}

/** Classes that are true of a picture where each has a probability of its own, the likeliest first; there may be none. */
export function selectTrueClasses(probabilities: Readonly<Record<string, number>>): string[] {
  return orderByProbability(probabilities)
    .filter(([, probability]) => probability >= trueFrom)
    .map(([label]) => label);
}

/** Labels and probabilities, the likeliest first. */
export const orderByProbability = (probabilities: Readonly<Record<string, number>>) =>
  Object.entries(probabilities).sort(([, a], [, b]) => b - a);
