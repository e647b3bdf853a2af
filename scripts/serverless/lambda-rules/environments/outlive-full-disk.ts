/**
 * Lets a process continue when its output goes to a file on a full disk. The output is lost, instead of ending the process with
 * an uncaught error: an answer is worth more than the log line about it.
 */
export function outliveFullDisk(...streams: NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    const write = stream.write.bind(stream) as (...parameters: unknown[]) => boolean;
    stream.write = (...parameters: unknown[]) => {
      try {
        return write(...parameters);
      } catch (error) {
        if (!isFullDisk(error)) throw error;
        const whenDone = parameters.at(-1);
        if (typeof whenDone === "function") process.nextTick(whenDone as () => void);
        return true;
      }
    };
    stream.on("error", (error) => {
      if (!isFullDisk(error)) throw error;
    });
  }
}

const isFullDisk = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOSPC";
