// npm run history: lists which versions had a stage or an alias, from when to when.
import { describePointer, findPointedVersion } from "../shared/registry/pointers/pointer.ts";
import { readHistory } from "../shared/registry/pointers/read-history.ts";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry } from "./registry/connect-registry.ts";
import { describeUnrecorded } from "./registry/describe-history.ts";
import { expectAnswer } from "./registry/expect-answer.ts";
import { parseOnePointer } from "./registry/parse-pointer.ts";
import { renderTable } from "./registry/render-models.ts";

export const run: CommandRun<"history"> = async ({ values }) => {
  const connection = connectRegistry();
  const name = values.name ?? connection.model.modelName;
  const pointer = parseOnePointer(values, connection.model);
  const pointed = describePointer(pointer);
  const { periods, current } = await showStep(
    `Reading the history of ${name} in ${connection.mlflow.trackingUri}`,
    async (say) => {
      await expectAnswer(connection, say);
      return {
        periods: await readHistory(connection, name, pointer),
        current: await findPointedVersion(connection.mlflow, name, pointer),
      };
    },
  );
  if (values.json) return printJson({ name, pointer: pointed, current: current ?? null, periods });
  if (periods.length === 0) console.log(`There is no record of which version of ${name} was ${pointed}.`);
  else {
    console.log(`\n${name}: ${pointed}\n`);
    const rows = periods.map(({ version, since, until, by }) => [version, since, until ?? "now", by]);
    console.log(renderTable(["version", "from", "to", "moved by"], rows));
  }
  for (const note of describeUnrecorded(periods, pointed, current)) console.log(note);
};
