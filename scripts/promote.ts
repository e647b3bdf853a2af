// npm run promote -- VERSION: moves a stage or an alias to a version, after trying it.
import { promoteVersion } from "../shared/serving/promote-version.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import type { Run } from "./cli/run-command.ts";
import { moveVisibly } from "./registry/move-command.ts";

export const run: Run<"promote"> = async ({ values, operands: [version = ""] }) => {
  if (!/^[1-9]\d*$/.test(version))
    throw new UsageError(`Expected the number of a version for VERSION but received ${version}`);
  await moveVisibly(`Promoting version ${version}`, values, (options) => promoteVersion(version, options));
};
