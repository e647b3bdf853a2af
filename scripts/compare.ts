// npm run compare -- 6 7: compares two versions by what they answered in service, or on a folder of photographs.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { answerPhotographs } from "../shared/labelled-photographs/answer-photographs.ts";
import type { LabelledPhotograph } from "../shared/labelled-photographs/find-photographs.ts";
import { compareByLog } from "../shared/promotion/compare-by-log.ts";
import { compareByPhotographs } from "../shared/promotion/compare-by-photographs.ts";
import { countOf } from "../shared/report/format.ts";
import { renderComparisonFiles, renderComparisonRun } from "../shared/report-runs/comparison-run.ts";
import { type ReportFile, writeReportRun } from "../shared/report-runs/report-run.ts";
import type { Predictor } from "../shared/schemas/model.ts";
import { endOnSignals } from "./cli/end-on-signals.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { createAnswer } from "./evaluate/create-answer.ts";
import { describeUnanswered } from "./evaluate/describe-unanswered.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry } from "./registry/connect-registry.ts";
import { expectAnswer } from "./registry/expect-answer.ts";
import { parseOnePointer } from "./registry/parse-pointer.ts";

export const run: CommandRun<"compare"> = async ({ values, operands }) => {
  const versions = parseVersions(operands);
  endOnSignals();
  const connection = connectRegistry();
  const name = values.name ?? connection.model.modelName;
  await showStep("Asking MLflow", () => expectAnswer(connection));
  const { photographs: folder, labels, days } = values;
  const pointer = parseOnePointer({}, connection.model);
  const report =
    folder === undefined
      ? await showStep("Reading the inference log", () =>
          compareByLog(connection, name, versions, { days, pointer }),
        )
      : await compareByPhotographs(connection, name, versions, {
          ...{ folder, labels, pointer },
          answerAll: (labelled, predictor, version) => answerVisibly(labelled, folder, predictor, version),
        });
  const { mlflow, store, service } = connection;
  const { url: page } = await showStep("Writing the report to MLflow", () =>
    writeReportRun(renderComparisonRun(report), { mlflow, store, ...service }),
  );
  const written = await keep(values.output, renderComparisonFiles(report));
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

function answerVisibly(
  labelled: readonly LabelledPhotograph[],
  folder: string,
  predictor: Predictor,
  version: string,
) {
  const step = `Answering ${countOf(labelled.length, "photograph")} with version ${version}`;
  return showStep(step, (say) =>
    answerPhotographs(labelled, folder, {
      answer: createAnswer(predictor),
      onAnswer: (done) => {
        if (done % 100 === 0) say(String(done));
      },
    }),
  );
}

async function keep(folder: string, files: readonly ReportFile[]): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  for (const { name, text } of files) await writeFile(path.join(folder, name), text);
  return files.map(({ name }) => path.join(folder, name));
}
