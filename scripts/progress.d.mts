/** Does one step of a command and shows its title, what it is doing, how long it takes, and how it ended. */
export function showStep<T>(
  title: string,
  work: (say: (detail: string) => void) => T | Promise<T>,
  options?: { out?: NodeJS.WriteStream; summarize?: (result: T) => string },
): Promise<T>;
