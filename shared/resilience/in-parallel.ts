/**
 * Applies a function to every item, at most `limit` at once; results are in the items' order. After a failure no
 * further item is begun, and the first failure is thrown once all items that were begun have ended.
 */
export async function mapInParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  apply: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  const queue = items.entries();
  let failure: { error: unknown } | undefined;
  const worker = async () => {
    for (const [index, item] of queue) {
      if (failure !== undefined) return;
      try {
        results[index] = await apply(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failure !== undefined) throw failure.error;
  return results;
}

/**
 * Waits for every promise, as `Promise.all` does not after a failure: nothing is left at work behind the caller's back.
 *
 * @throws what the first of them in their order was rejected with
 */
export async function settleAll(promises: readonly unknown[]): Promise<void> {
  await Promise.allSettled(promises);
  await Promise.all(promises);
}
