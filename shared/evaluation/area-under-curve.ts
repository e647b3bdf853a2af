/**
 * Area under the ROC curve: the chance that a photograph of the class scores above one that is not, ties counting half
 * (Mann-Whitney; Hanley and McNeil 1982).
 *
 * @param scores higher means more likely of the class
 * @returns 0..1; null when one of the two sides is empty
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
