/** Like Promise.all, but rejects only after all have ended, so that none still writes into a folder that is then removed. */
export async function allEnded<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
