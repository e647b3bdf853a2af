// npm run drift: examines the recent predictions for drift now, as the scheduled job does.
import type { Analysis } from "../functions/drift/analyse.ts";
import { createDriftJob } from "../functions/drift/create-drift-job.ts";
import type { Log } from "../shared/contracts/log.ts";
import { parseMlflowSettings } from "../shared/mlflow/settings.ts";
import { describeIndicatorVerdict, describeVerdict } from "../shared/report/advice.ts";
import { formatIndicatorValue } from "../shared/report/format.ts";
import { driftSettings } from "../shared/settings/drift.ts";
import { loadSettings } from "../shared/settings/load-settings.ts";
import { serviceSettings } from "../shared/settings/service.ts";
import { storageSettings } from "../shared/settings/storage.ts";
import { exitCodes, printJson, type Run } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { stackFolder } from "./stack/paths.ts";
import { findClientEnvironment } from "./stack/running-stack.ts";

export const run: Run<"drift"> = async ({ values }) => {
  const analysis = await showStep("Examining the recent predictions", (say) => analyse(say));
  if (values.json) printJson(analysis);
  else console.log(describeAnalysis(analysis));
  if (analysis.parts.some((part) => !part.succeeded)) process.exitCode = exitCodes.failed;
};

/** Runs the job on what the environment names, else on the local stack, when it runs. */
async function analyse(say: (text: string) => void): Promise<Analysis> {
  if (!process.env.INFERENCE_LOG_BUCKET) Object.assign(process.env, findClientEnvironment(stackFolder));
  const settings = loadSettings({
    service: serviceSettings,
    storage: storageSettings,
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
    lines.push("");
  }
  if (tracked !== undefined) lines.push(`Report in MLflow: ${tracked.url}`);
  for (const address of addresses) lines.push(`Report in S3:     ${address}`);
  for (const { name, error } of parts.filter((part) => !part.succeeded))
    lines.push(`Failed: ${name}: ${error}`);
  return lines.join("\n");
}
