export type Counts = Readonly<Record<string, number>>;

/** How often each name occurs. */
export function countNames(names: Iterable<string>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

export function addCounts(first: Counts, second: Counts): Record<string, number> {
  // In a Map, because a class may be called "constructor", which every object has.
  const sum = new Map(Object.entries(first));
  for (const [name, count] of Object.entries(second)) sum.set(name, (sum.get(name) ?? 0) + count);
  return Object.fromEntries(sum);
}

/**
 * Keeps the names that may occur most often, at most `limit` of them. The largest count that is dropped is subtracted
 * from those that are kept (Misra and Gries 1982; mergeable: Agarwal et al. 2013), so a count is too low by at most
 * total / (limit + 1).
 */
export function keepFrequent(counts: Counts, limit: number): Record<string, number> {
  const descending = Object.entries(counts).sort(([, first], [, second]) => second - first);
  const next = descending[limit]?.[1] ?? 0;
  return Object.fromEntries(
    descending.flatMap(([name, count]) => (count > next ? [[name, count - next]] : [])),
  );
}
