// npm run release -- STEP: moves version, changelog and tag together, in one commit.
import { isoDay } from "../shared/time/iso-day.ts";
import type { CommandRun } from "./cli/run-command.ts";
import { release } from "./release/release.ts";
import { projectRoot } from "./stack/paths.ts";

export const run: CommandRun<"release"> = async ({ operands: [step = ""] }) => {
  const version = release(projectRoot, step, isoDay(Date.now()));
  console.log(`Version ${version} is committed and tagged. Publish it with: git push --follow-tags`);
};
