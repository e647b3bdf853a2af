/**
 * Share of the answers that name each class, 0..1, classes in alphabetical order; empty when there are no answers.
 *
 * @param answers the classes that each answer names: one, or any number where several can be right
 */
export function computeClassRatio(answers: readonly (readonly string[])[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of answers.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(
    [...counts]
      .sort(([first], [second]) => (first < second ? -1 : 1))
      .map(([name, count]) => [name, count / answers.length]),
  );
}
