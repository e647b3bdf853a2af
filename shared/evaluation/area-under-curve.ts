/**
 * Area under the ROC curve: the probability that a photograph of the class scores higher than one of another class,
 * where a tie counts half (Mann-Whitney; Hanley and McNeil 1982).
 *
 * @param scores a higher score means that the class is more likely
 * @returns 0..1; null without photographs of the class, or without others
 */
export function computeAreaUnderCurve(
  scores: readonly number[],
  isOfClass: readonly boolean[],
): number | null {
  const order = scores.map((_, index) => index).sort((a, b) => scoreAt(a) - scoreAt(b));
  let positives = 0;
  let rankSum = 0;
  for (let first = 0; first < order.length; ) {
    let next = first;
    while (next < order.length && scoreAt(order[next]) === scoreAt(order[first])) next++;
    const tied = order.slice(first, next).filter((index) => isOfClass[index]).length;
    positives += tied;
    rankSum += (tied * (first + 1 + next)) / 2;
    first = next;
  }
  const negatives = scores.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);

  function scoreAt(index: number | undefined): number {
    return scores[index as number] as number;
  }
}
