// npm run evaluate: measures how good a model is on photographs whose classes are known.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { renderEvaluatedWindow } from "../shared/drift-reference/render-evaluated-window.ts";
import { computeEvaluationReport } from "../shared/evaluation/evaluation-report.ts";
import { expectOneClass } from "../shared/evaluation/expect-one-class.ts";
import { nameVersion } from "../shared/inference/name-version.ts";
import { defaultConfidentFrom } from "../shared/input-checks/decide.ts";
import { answerPhotographs } from "../shared/labelled-photographs/answer-photographs.ts";
import { findPhotographs } from "../shared/labelled-photographs/find-photographs.ts";
import {
  describeEvaluation,
  renderEvaluationHtml,
  unnamedPatients,
} from "../shared/report/evaluation-html.ts";
import { formatEstimate } from "../shared/report/evaluation-tables.ts";
import { countOf } from "../shared/report/format.ts";
import type { EvaluationReport } from "../shared/schemas/evaluation-report.ts";
import { endOnSignals } from "./cli/end-on-signals.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import type { CommandRun } from "./cli/run-command.ts";
import { createAnswer } from "./evaluate/create-answer.ts";
import { describeUnanswered } from "./evaluate/describe-unanswered.ts";
import { withPredictor } from "./evaluate/open-predictor.ts";
import { showStep } from "./progress.mjs";

export const run: CommandRun<"evaluate"> = async ({ values, operands: [folder = ""] }) => {
  if (values.version !== undefined && values.model !== undefined)
    throw new UsageError("Expected --version or --model but received both");
  if (values.version !== undefined && !/^[1-9]\d*$/.test(values.version))
    throw new UsageError(`Expected the number of a version for --version but received ${values.version}`);
  endOnSignals();
  // Before the photographs are answered: a folder that cannot be made would lose them.
  await mkdir(values.output, { recursive: true }).catch((cause: unknown) => {
    throw new UsageError(`Expected a folder for --output but ${values.output} cannot be made one`, { cause });
  });

  const { report, window } = await withPredictor(
    { version: values.version, folder: values.model },
    async (predictor) => {
      expectOneClass(nameVersion(predictor.identity), predictor.contract);
      const { labels } = predictor.contract;
      const answer = createAnswer(predictor);
      const labelled = await findPhotographs(folder, values.labels, labels);
      const answers = await showStep(`Answering ${countOf(labelled.length, "photograph")}`, (say) =>
        answerPhotographs(labelled, folder, { answer, onAnswer: (done) => sayNow(say, done) }),
      );
      const model = { ...predictor.identity, engine: predictor.engine };
      const window = renderEvaluatedWindow(labels, answers.photographs);
      const report = await showStep("Computing figures and intervals", () =>
        computeEvaluationReport({
          ...{ model, labels, ...answers, evaluatedAt: new Date() },
          confidentFrom: predictor.contract.trust?.confident_from ?? defaultConfidentFrom,
        }),
      );
      return { report, window };
    },
  );

  console.log(`\n${renderSummary(report)}\n`);
  for (const file of await writeReport(values.output, report, window)) console.log(`Written: ${file}`);
};

/** Says only every hundredth, because without a terminal each message becomes a line. */
function sayNow(say: (text: string) => void, done: number): void {
  if (done % 100 === 0) say(String(done));
}

/** The packaged model counts its versions by itself: its version 2 is not version 2 of the registry. */
function describeModel({ model }: EvaluationReport): string {
  const isRegistered = model.source === "mlflow_registry";
  return `${nameVersion(model)}${isRegistered ? "" : " (from this machine, not the registry)"}`;
}

/** What the intervals do not say by themselves. */
const describeIntervals = ({ patients_named }: EvaluationReport): string[] =>
  patients_named ? [] : ["", `${unnamedPatients} Name them: --labels TABLE with a column patient.`];

function renderSummary(report: EvaluationReport): string {
  const figures = Object.entries(report.overall).map(([name, estimate]) => [name, formatEstimate(estimate)]);
  const sources = report.sources.map(({ source, label, recall }) => [
    `${source}, ${label}`,
    formatEstimate(recall),
  ]);
  const toLine = ([name = "", value = ""]: string[]) => `  ${name.padEnd(44)} ${value}`;
  return [
    `${describeModel(report)}: ${describeEvaluation(report)}`,
    "",
    ...figures.map(toLine),
    "",
    "Recall of each source",
    ...sources.map(toLine),
    ...describeIntervals(report),
    ...describeUnanswered(report.unanswered),
  ].join("\n");
}

async function writeReport(folder: string, report: EvaluationReport, window: string): Promise<string[]> {
  const files: [string, string][] = [
    ["evaluation.html", renderEvaluationHtml(report)],
    ["evaluation.json", `${JSON.stringify(report, null, 2)}\n`],
    ["reference-window.jsonl", window],
  ];
  for (const [name, text] of files) await writeFile(path.join(folder, name), text);
  return files.map(([name]) => path.join(folder, name));
}
