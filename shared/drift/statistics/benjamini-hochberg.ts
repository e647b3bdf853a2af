/**
 * Adjusted p-values. Rejecting those at or below q keeps the expected share of false rejections at or below q, and,
 * when nothing has changed, the chance of any rejection (Benjamini and Hochberg 1995;
 * `scipy.stats.false_discovery_control`).
 */
export function adjustPValues(pValues: readonly number[]): number[] {
  const order = pValues
    .map((_, index) => index)
    .sort((a, b) => (pValues[b] as number) - (pValues[a] as number));
  const adjusted = new Array<number>(pValues.length);
  let smallest = 1;
  for (const [position, index] of order.entries()) {
    const rank = pValues.length - position;
    smallest = Math.min(smallest, ((pValues[index] as number) * pValues.length) / rank);
    adjusted[index] = smallest;
  }
  return adjusted;
}
