// npm run compare -- 6 7: compares two versions by what they answered in service, or on a folder of photographs.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { renderComparisonRun } from "../shared/tracking/comparison-run.ts";
import { type ReportFile, writeReportRun } from "../shared/tracking/report-run.ts";
import { endOnSignals } from "./cli/end-on-signals.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { compareByLog } from "./compare/compare-by-log.ts";
import { compareByPhotographs } from "./compare/compare-by-photographs.ts";
import { describeUnanswered } from "./evaluate/describe-unanswered.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry } from "./registry/connect-registry.ts";
import { expectAnswer } from "./registry/expect-answer.ts";

export const run: CommandRun<"compare"> = async ({ values, operands }) => {
  const versions = parseVersions(operands);
  const days = Number(values.days);
  if (!(days > 0)) throw new UsageError(`Expected a number above 0 for --days but received ${values.days}`);
  endOnSignals();
  const connection = connectRegistry();
  const name = values.name ?? connection.model.modelName;
  await showStep("Asking MLflow", () => expectAnswer(connection));
  const { photographs: folder, labels } = values;
  const report =
    folder === undefined
      ? await showStep("Reading the inference log", () => compareByLog(connection, name, versions, days))
      : await compareByPhotographs(connection, name, versions, { folder, labels });
  const { mlflow, store, service } = connection;
  const comparison = renderComparisonRun(report);
  const { url: page } = await showStep("Writing the report to MLflow", () =>
    writeReportRun(comparison, { mlflow, store, ...service }),
  );
  const written = await keep(values.output, comparison.files);
  if (values.json) return printJson({ ...report, page });
  console.log(
    `\n${[report.verdict, ...describeUnanswered(report.photographs?.unanswered ?? [])].join("\n")}`,
  );
  console.log(`\nReport in MLflow: ${page}`);
  for (const file of written) console.log(`Written: ${file}`);
};

function parseVersions(operands: readonly string[]): [string, string] {
  const [first = "", second = "", ...others] = operands;
  const areNumbers = [first, second].every((version) => /^[1-9]\d*$/.test(version));
  if (areNumbers && first !== second && others.length === 0) return [first, second];
  throw new UsageError(
    `Expected two different version numbers, such as 6 7, but received ${operands.join(" ")}`,
  );
}

async function keep(folder: string, files: readonly ReportFile[]): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  for (const { name, text } of files) await writeFile(path.join(folder, name), text);
  return files.map(({ name }) => path.join(folder, name));
}
