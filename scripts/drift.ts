// npm run drift: examines the recent predictions for drift now, as the scheduled job does.
import path from "node:path";
import type { Analysis } from "../functions/drift/analyse.ts";
import { createDriftJob } from "../functions/drift/create-drift-job.ts";
import type { DriftReport } from "../shared/contracts/drift-report.ts";
import type { Log } from "../shared/contracts/log.ts";
import { parseMlflowSettings } from "../shared/mlflow/settings.ts";
import { describeIndicatorVerdict, describeVerdict, listNextSteps } from "../shared/report/advice.ts";
import { formatIndicatorValue } from "../shared/report/format.ts";
import { driftSettings } from "../shared/settings/drift.ts";
import { loadSettings } from "../shared/settings/load-settings.ts";
import { serviceSettings } from "../shared/settings/service.ts";
import { storageSettings } from "../shared/settings/storage.ts";
import { trackingSettings } from "../shared/settings/tracking.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { exitCodes, printJson, type Run } from "./cli/run-command.ts";
import { compareFiles } from "./drift/compare-files.ts";
import { showStep } from "./progress.mjs";
import { stackFolder } from "./stack/paths.ts";
import { findClientEnvironment } from "./stack/running-stack.ts";

/** Exit code of `--fail-on-drift`. */
const driftExitCode = 2;

export const run: Run<"drift"> = async ({ values }) => {
  const analysis = await findAnalysis(values.reference, values.current);
  if (values.json) printJson(analysis);
  else console.log(describeAnalysis(analysis));
  if (analysis.parts.some((part) => !part.succeeded)) process.exitCode = exitCodes.failed;
  else if (values["fail-on-drift"] && analysis.report?.drift_detected) process.exitCode = driftExitCode;
};

/** Of two files where they are named, else of the service's own log. */
async function findAnalysis(reference: string | undefined, current: string | undefined): Promise<Analysis> {
  if (reference === undefined && current === undefined) {
    return showStep("Examining the recent predictions", (say) => analyse(say));
  }
  if (reference === undefined || current === undefined)
    throw new UsageError("Expected --reference and --current together but received one of them");
  const { drift } = loadSettings({ drift: driftSettings });
  const report = await compareFiles(locate(reference), locate(current), drift);
  return { report, addresses: [], parts: [] };
}

/** Names are those of the folder where npm was called; npm itself changes to this project's. */
const locate = (file: string) => path.resolve(process.env.INIT_CWD ?? "", file);

/** Runs the job on what the environment names, else on the local stack, when it runs. */
async function analyse(say: (text: string) => void): Promise<Analysis> {
  if (!process.env.INFERENCE_LOG_BUCKET) Object.assign(process.env, findClientEnvironment(stackFolder));
  const settings = loadSettings({
    service: serviceSettings,
    storage: storageSettings,
    tracking: trackingSettings,
    drift: driftSettings,
    mlflow: parseMlflowSettings,
  });
  // CloudWatch reads no terminal: its metrics are left to the scheduled job.
  return createDriftJob({
    settings,
    log: createProgressLog(say),
    emitReportMetrics() {},
    emitJobMetrics() {},
  })();
}

function createProgressLog(say: (text: string) => void): Log {
  const write: Log["info"] = (message, { part } = {}) =>
    say(part === undefined ? message : `${message}: ${part}`);
  return { debug: write, info: write, warn: write, error: write };
}

function describeAnalysis({ report, tracked, addresses, parts }: Analysis): string {
  const lines: string[] = [];
  if (report !== undefined) {
    const { verdict, next } = describeVerdict(report);
    lines.push(`\n${verdict} ${next}\n`);
    for (const indicator of report.indicators) {
      const value = formatIndicatorValue(indicator.value, indicator.unit);
      lines.push(
        `  ${indicator.name.padEnd(30)} ${value.padStart(8)}   ${describeIndicatorVerdict(indicator)}`,
      );
    }
    lines.push(...describeComparisons(report), "", ...describeSteps(report));
  }
  if (tracked !== undefined) lines.push(`Report in MLflow: ${tracked.url}`);
  for (const address of addresses) lines.push(`Report in S3:     ${address}`);
  for (const { name, error } of parts.filter((part) => !part.succeeded))
    lines.push(`Failed: ${name}: ${error}`);
  return lines.join("\n");
}

function describeComparisons({ reference, comparisons }: DriftReport): string[] {
  if (reference === null)
    return ["", "  No reference window: the rules alone decide (docs/drift.md says how to give one)."];
  return [
    "",
    `  Compared with ${reference.prediction_count} predictions of ${reference.source}:`,
    ...comparisons.map(
      ({ name, severity, reference_mean, current_mean, adjusted_p_value }) =>
        `  ${name.padEnd(30)} ${formatMean(reference_mean)} -> ${formatMean(current_mean)}   ${severity}, p ${adjusted_p_value.toPrecision(2)}`,
    ),
  ];
}

const formatMean = (value: number | null) =>
  (value === null ? "" : String(Number(value.toPrecision(4)))).padStart(8);

function describeSteps(report: DriftReport): string[] {
  const steps = listNextSteps(report);
  if (steps.length === 0) return [];
  return ["What to do next:", ...steps.map((step, index) => `  ${index + 1}. ${step}`), ""];
}
