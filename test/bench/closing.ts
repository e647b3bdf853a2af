type Close = () => Promise<void> | void;

const closes: Close[] = [];

/** Has something ended when the bench ends, however it does: what was started last ends first. */
export function closeAtEnd(close: Close): void {
  closes.push(close);
}

/** Ends everything, even when the end of one thing fails. */
export async function closeAll(): Promise<void> {
  for (let close = closes.pop(); close !== undefined; close = closes.pop()) {
    try {
      await close();
    } catch (error) {
      console.error(error);
    }
  }
}

/** Ctrl-C and a polite kill end what was started before they end the bench. */
export function closeOnSignals(): void {
  for (const [signal, exitCode] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => void closeAll().finally(() => process.exit(exitCode)));
  }
}
