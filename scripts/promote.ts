// npm run promote -- VERSION: moves a stage or an alias to a version, after trying it.
import { parseArgs } from "node:util";
import { promoteVersion } from "../shared/serving/promote-version.ts";
import { moveOptions, moveVisibly } from "./registry/move-command.ts";
import { runCommand, UsageError } from "./registry/run-command.ts";

const usage = `Usage: npm run promote -- VERSION [options]

  VERSION         number of the version: npm run models lists them
  --stage STAGE   the stage to move (default: MODEL_STAGE, Production); what was in it is archived
  --alias ALIAS   move this alias instead
  --name NAME     registered model (default: MLFLOW_MODEL_NAME)`;

await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: moveOptions,
  });
  const [version, ...others] = positionals;
  if (values.help) return console.log(usage);
  if (version === undefined || !/^[1-9]\d*$/.test(version) || others.length > 0)
    throw new UsageError(
      `Expected the number of one version but received ${positionals.join(" ") || "nothing"}`,
    );

  await moveVisibly(`Promoting version ${version}`, values, (options) => promoteVersion(version, options));
});
