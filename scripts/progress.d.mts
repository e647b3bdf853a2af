/** Does one step of a command and shows it: its title, what it is at, the time it takes, how it ended. */
export function showStep<T>(
  title: string,
  work: (say: (detail: string) => void) => T | Promise<T>,
  options?: { out?: NodeJS.WriteStream; summarize?: (result: T) => string },
): Promise<T>;
