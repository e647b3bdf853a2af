import prices from "../../../scripts/costs/prices.json" with { type: "json" };
import { habits, measured, pace } from "./inputs.ts";

export type Sink = "s3" | "firehose";

const gb = 1024 ** 3;
const secondsOpen = habits.openHours * 3_600;
const millionsOf = (predictionsPerDay: number) => predictionsPerDay / 1e6;

/**
 * What a day of predictions takes: environments, objects, MLflow, database, dollars. Arithmetic on inputs.ts, no
 * measurement.
 */
export function estimateDay(predictionsPerDay: number, sink: Sink) {
  const mean = predictionsPerDay / secondsOpen;
  const environments = countEnvironments(mean * habits.peak);
  const mlflow = estimateMlflow(predictionsPerDay, countEnvironments(mean));
  return {
    predictionsPerDay,
    sink,
    perSecond: { mean, peak: mean * habits.peak },
    environments,
    objects: estimateObjects(predictionsPerDay, sink, mlflow.environments),
    mlflow,
    dollars: estimateDollars(predictionsPerDay, sink, mlflow.environments),
  };
}

/** Environments that are enough for all but one in a thousand moments: the busy ones are Poisson distributed (Little's law). */
function countEnvironments(perSecond: number): number {
  const mean = perSecond * (measured.busyMs / 1000);
  let probability = Math.exp(-mean);
  let covered = probability;
  let count = 0;
  while (covered < 0.999) {
    count += 1;
    probability *= mean / count;
    covered += probability;
  }
  return Math.max(count, 1);
}

function estimateMlflow(predictionsPerDay: number, environments: number) {
  const perMinute = predictionsPerDay / (habits.openHours * 60) / environments;
  const isWindow = perMinute > pace.aggregateAbovePerMinute;
  const { rows } = measured;
  // Below the hold's rate a record waits for the next one, and both go together.
  const together = isWindow
    ? (perMinute * pace.windowSeconds) / 60
    : Math.max((perMinute * pace.holdSeconds) / 60 + 1, 2);
  const calls = predictionsPerDay / together;
  const rowsPerDay = isWindow
    ? calls * (rows.window + rows.session)
    : predictionsPerDay * rows.single + calls * rows.session;
  return {
    environments,
    together,
    calls,
    rows: rowsPerDay,
    processorSeconds: (calls * measured.mlflowCallMs + rowsPerDay * measured.mlflowRowMs) / 1000,
    databaseGbPerYear: (rowsPerDay * measured.metricRowBytes * 365) / gb,
  };
}

function estimateObjects(predictionsPerDay: number, sink: Sink, environments: number) {
  // Firehose delivers every minute or 5 MB.
  const delivered = Math.max(
    habits.openHours * 60,
    (predictionsPerDay * measured.recordBytes) / (5 * 1024 ** 2),
  );
  const written = sink === "s3" ? predictionsPerDay : Math.min(delivered, predictionsPerDay);
  const compacted = 2 * habits.openHours * Math.max(predictionsPerDay / habits.openHours / 25_000, 1);
  const notes = Math.min((environments * secondsOpen) / pace.noteSeconds, predictionsPerDay);
  return { written, compacted, notes };
}

/** Dollars per million predictions, item by item. */
function estimateDollars(predictionsPerDay: number, sink: Sink, environments: number) {
  const { written, compacted, notes } = estimateObjects(predictionsPerDay, sink, environments);
  const perMillion = (dollarsPerDay: number) => dollarsPerDay / millionsOf(predictionsPerDay);
  const units = Math.ceil(measured.photographBytes / prices.httpApiUnitBytes);
  const streamed = Math.ceil(measured.recordBytes / prices.firehoseUnitBytes) * prices.firehoseUnitBytes;
  const items = {
    "Lambda, requests": 1e6 * prices.lambdaRequest,
    "Lambda, time": 1e6 * measured.memoryGb * (measured.busyMs / 1000) * prices.lambdaGbSecondX86,
    "the record": sink === "s3" ? 1e6 * prices.s3Put : (1e6 * streamed * prices.firehoseGb) / gb,
    compaction: perMillion(
      written * prices.s3Get +
        compacted * prices.s3Put +
        (predictionsPerDay / measured.compactedPerSecond) * measured.memoryGb * prices.lambdaGbSecondX86,
    ),
    "totals of sessions": perMillion(notes * prices.s3Put),
    "a year of the log": (12 * 1e6 * measured.parquetBytes * prices.s3GbMonth) / gb,
    "CloudWatch Logs": (1e6 * measured.logBytes * prices.logsGb) / gb,
    "answers sent": (1e6 * measured.answerBytes * prices.transferGb) / gb,
  };
  const withUrl = Object.values(items).reduce((sum, item) => sum + item, 0);
  const httpApi = 1e6 * units * prices.httpApiRequest;
  return { items: { ...items, "HTTP API": httpApi }, withUrl, withHttpApi: withUrl + httpApi };
}
