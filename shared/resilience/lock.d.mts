/** Takes a lock across all processes; undefined when another one holds it. See lock.mjs. */
export function tryLock(
  resource: string,
  options?: { platform?: NodeJS.Platform },
): Promise<(() => void) | undefined>;

/** Does one piece of work at a time across all processes. See lock.mjs. */
export function withLock<T>(resource: string, work: () => T | Promise<T>, onWait?: () => void): Promise<T>;
