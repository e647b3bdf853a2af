// npm run release -- STEP: moves version, changelog and tag together, in one commit.
import type { CommandRun } from "./cli/run-command.ts";
import { release } from "./release/release.ts";
import { projectRoot } from "./stack/paths.ts";

export const run: CommandRun<"release"> = async ({ operands: [step = ""] }) => {
  const version = release(projectRoot, step, new Date().toISOString().slice(0, 10));
  console.log(`Version ${version} is committed and tagged. Publish it with: git push --follow-tags`);
};
