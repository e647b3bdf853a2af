/** Share of each class among the predictions, 0..1, classes in alphabetical order; empty for no predictions. */
export function computeClassRatio(predictedClasses: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of predictedClasses) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(
    [...counts]
      .sort(([first], [second]) => (first < second ? -1 : 1))
      .map(([name, count]) => [name, count / predictedClasses.length]),
  );
}
