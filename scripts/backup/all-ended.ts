/** As Promise.all, but a failure is told when the others have ended too: then nobody writes into a folder that is removed. */
export async function allEnded<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
