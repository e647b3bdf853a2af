// npm run drift: examines predictions for drift now, as the scheduled job does.
import type { Analysis } from "../functions/drift/analyse.ts";
import { createDriftJob } from "../functions/drift/create-drift-job.ts";
import { openStorage } from "../shared/aws/open-storage.ts";
import type { WindowSelection } from "../shared/schemas/drift-report.ts";
import type { Log } from "../shared/schemas/log.ts";
import { driftSettings } from "../shared/settings/drift.ts";
import { loadSettings } from "../shared/settings/load-settings.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, exitCodes, printJson } from "./cli/run-command.ts";
import { compareFiles } from "./drift/compare-files.ts";
import { describeAnalysis, describeWindow } from "./drift/describe-analysis.ts";
import { loadDriftSettings } from "./drift/load-drift-settings.ts";
import { parseSelection } from "./drift/parse-selection.ts";
import { replayWindows } from "./drift/replay-windows.ts";
import { showStep } from "./progress.mjs";

type Values = Parameters<CommandRun<"drift">>[0]["values"];

export const run: CommandRun<"drift"> = async ({ values }) => {
  expectOneSource(values);
  if (values.replay) return replay(values);
  const analysis = await findAnalysis(values);
  if (values.json) printJson(analysis);
  else console.log(describeAnalysis(analysis));
  if (analysis.parts.some((part) => !part.succeeded)) process.exitCode = exitCodes.failed;
  else if (values["fail-on-drift"] && analysis.report?.drift_detected) process.exitCode = exitCodes.drift;
};

/** Options that choose what is read from the service's log. */
const ofTheLog = ["count", "from", "to", "last", "model-version", "session", "deployment", "replay"] as const;

/** @throws UsageError for files together with a choice of the log's predictions */
function expectOneSource(values: Values): void {
  const file = (["reference", "current"] as const).find((name) => values[name] !== undefined);
  const chosen = ofTheLog.find((name) => values[name] !== undefined);
  if (file !== undefined && chosen !== undefined)
    throw new UsageError(
      `Expected --${file}, which compares files, or --${chosen}, which is for the service's log, but received both`,
    );
}

/** Compares two files if they are named, else analyses the service's own log. */
async function findAnalysis(values: Values): Promise<Analysis> {
  const { reference, current } = values;
  if (reference === undefined && current === undefined) return analyse(values);
  if (reference === undefined || current === undefined)
    throw new UsageError("Expected --reference and --current together but received one of them");
  const { drift } = loadSettings({ drift: driftSettings });
  const report = await compareFiles(reference, current, drift);
  return { report, addresses: [], parts: [] };
}

/** Runs the job on the servers that the environment names, else on the local stack if it is running. */
async function analyse(values: Values): Promise<Analysis> {
  const settings = loadDriftSettings();
  const selection = parseSelection(values, { count: settings.drift.windowSize, nowMs: Date.now() });
  openStorage(settings.storage).requireLocation();
  // Metrics and alerts are left to the scheduled job: CloudWatch does not read this terminal.
  return showStep("Examining the predictions", (say) =>
    createDriftJob({
      settings,
      log: createProgressLog(say),
      maintains: isUsual(selection, settings.drift.windowSize),
      emitReportMetrics() {},
      emitJobMetrics() {},
    })(selection),
  );
}

const isUsual = ({ count, model_version, session, deployment, to_ms }: WindowSelection, windowSize: number) =>
  count === windowSize && [model_version, session, deployment, to_ms].every((filter) => filter === null);

async function replay(values: Values): Promise<void> {
  const settings = loadDriftSettings();
  const { count: size = settings.drift.windowSize, ...span } = values;
  const selection = parseSelection(
    { last: values.from ? undefined : "30d", ...definedOf(span) },
    {
      count: size,
      nowMs: Date.now(),
    },
  );
  const { reports, isComplete } = await showStep("Judging past windows", () =>
    replayWindows(selection, size, settings),
  );
  if (!isComplete)
    console.error(
      "The oldest windows of that period are missing: it holds more records than are read at once. Choose a shorter one with --from and --to.",
    );
  if (values.json) printJson(reports);
  else
    console.log(
      reports.map(describeWindow).join("\n") || `No full window of ${size} predictions in that period.`,
    );
  if (values["fail-on-drift"] && reports.some((report) => report.drift_detected))
    process.exitCode = exitCodes.drift;
}

const definedOf = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

function createProgressLog(say: (text: string) => void): Log {
  const write: Log["info"] = (message, { part } = {}) =>
    say(part === undefined ? message : `${message}: ${part}`);
  return { debug: write, info: write, warn: write, error: write };
}
