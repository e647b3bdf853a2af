import { createInterface } from "node:readline/promises";

/**
 * Asks whether to go on.
 *
 * @param isAgreed whether the command line already says yes (`--yes`)
 * @throws Error when the answer is no, or nobody is there to answer
 */
export async function confirm(question: string, isAgreed: boolean | undefined): Promise<void> {
  if (isAgreed) return;
  if (!process.stdin.isTTY) {
    throw new Error(`Expected --yes where nobody can be asked: ${question}`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Error("Nothing was changed.");
}
