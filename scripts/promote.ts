// npm run promote -- VERSION: moves a stage or an alias to a version that passes the gate.

import { promoteVersion } from "../shared/model-versions/promote-version.ts";
import { promoteThroughGate } from "../shared/promotion/promote-through-gate.ts";
import { challengerSettings } from "../shared/settings/challenger.ts";
import { loadSettings } from "../shared/settings/load-settings.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import type { CommandRun } from "./cli/run-command.ts";
import { createAnswer } from "./evaluate/create-answer.ts";
import { connectRegistry } from "./registry/connect-registry.ts";
import { moveVisibly } from "./registry/move-command.ts";

export const run: CommandRun<"promote"> = async ({ values, operands: [version = ""] }) => {
  if (!/^[1-9]\d*$/.test(version))
    throw new UsageError(`Expected a version's number for VERSION but received ${version}`);
  const { force } = values;
  if (force?.trim() === "") throw new UsageError("Expected a reason for --force but received nothing");
  const { challenger } = loadSettings({ challenger: challengerSettings });
  await moveVisibly(`Promoting version ${version}`, values, (options) =>
    // No gate: a challenger is there to be tried.
    "alias" in options.pointer && options.pointer.alias === challenger.alias
      ? promoteVersion(version, options)
      : promoteThroughGate(version, force, options, { registry: connectRegistry(), createAnswer }),
  );
};
