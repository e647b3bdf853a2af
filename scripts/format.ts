// npm run format: formats the code and repairs what the rules can repair.
import type { Run } from "./cli/run-command.ts";
import { runProgram } from "./test/run-program.ts";

const timeoutMs = 5 * 60_000;

export const run: Run<"format"> = async () => {
  process.exitCode = await runProgram("biome", ["check", "--write", "."], { timeoutMs });
};
