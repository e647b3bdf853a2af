import { setImmediate as afterOutput } from "node:timers/promises";
import { waitAtMost } from "../../shared/resilience/wait-at-most.ts";

const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
export type EndSignal = keyof typeof exitCodes;

const longestMs = 10_000;

/**
 * Ends this process in order when somebody asks it to end: with what its `exit` listeners do, which removes temporary folders.
 * A second signal changes nothing: npm passes Ctrl-C on to a process that the terminal has told already.
 *
 * @param wrapUp what is to be done before, for at most ten seconds
 */
export function endOnSignals(wrapUp: (signal: EndSignal) => Promise<unknown> = async () => {}): void {
  let isEnding = false;
  for (const [signal, exitCode] of Object.entries(exitCodes) as [EndSignal, number][]) {
    process.on(signal, () => {
      if (isEnding) return;
      isEnding = true;
      void end(wrapUp(signal), exitCode);
    });
  }
}

async function end(work: Promise<unknown>, exitCode: number): Promise<void> {
  // How the work failed is for those who wait for it to say.
  const isDone = await waitAtMost(work, longestMs).catch(() => true);
  await afterOutput();
  if (!isDone) console.error(`\nNot everything could be ended in order within ${longestMs / 1000} s.`);
  process.exit(exitCode);
}
