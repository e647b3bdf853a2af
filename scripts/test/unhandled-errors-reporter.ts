import { writeFileSync } from "node:fs";
import type { Reporter, Vitest } from "vitest/node";

/** The name under which vitest is told the file: `--outputFile.unhandled-errors=FILE`. */
const name = "unhandled-errors";

/** Writes a JSON list of the errors outside every test, which vitest's JSON report leaves out: `file: message`. */
export default class UnhandledErrorsReporter implements Reporter {
  #file: string | undefined;

  onInit({ config }: Vitest): void {
    this.#file = (config.outputFile as Record<string, string | undefined>)[name];
  }

  onTestRunEnd(...[, errors]: Parameters<NonNullable<Reporter["onTestRunEnd"]>>): void {
    if (this.#file === undefined) return;
    const lines = errors.map(({ message, VITEST_TEST_PATH: file }) => `${file ?? "no file"}: ${message}`);
    writeFileSync(this.#file, JSON.stringify(lines));
  }
}
