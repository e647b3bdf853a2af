import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { readDriftWindow } from "../../../functions/drift/read-drift-window.ts";
import { queryTable } from "../../../scripts/log/query-table.ts";
import { createDeliveryStream } from "../../../shared/aws/delivery-stream.ts";
import { createObjectStore } from "../../../shared/aws/object-store.ts";
import type { StoreLocation } from "../../../shared/aws/store-location.ts";
import { lastPredictions } from "../../../shared/drift/drift-report.ts";
import { findPrediction } from "../../../shared/inference-log/find-prediction.ts";
import { listSummaries, readSummaries } from "../../../shared/inference-log/hour-summaries.ts";
import { createInferenceLog } from "../../../shared/inference-log/inference-log.ts";
import { parseLogKey } from "../../../shared/inference-log/log-keys.ts";
import { readRecentPredictions, readRecords } from "../../../shared/inference-log/read-window.ts";
import { createFirehoseSink } from "../../../shared/inference-log/sinks/firehose-sink.ts";
import type { LogSink } from "../../../shared/inference-log/sinks/log-sink.ts";
import { createS3Sink } from "../../../shared/inference-log/sinks/s3-sink.ts";
import { collectTable } from "../../../shared/inference-log/table/collect-table.ts";
import { createLabelStore } from "../../../shared/labels/label-store.ts";
import { createPredictionId } from "../../../shared/schemas/prediction-id.ts";
import { createSession } from "../../../shared/tracking/session.ts";
import { maintainTracking } from "../../../shared/tracking/upkeep/maintain-tracking.ts";
import { type FirehoseEmulator, startFirehoseEmulator } from "../../support/firehose-emulator.ts";
import { createMemoryMlflow } from "../../support/memory-mlflow.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";
import { useSharedStack } from "../../support/stack.ts";
import {
  createErrorEvent,
  createModelLoadEvent,
  createPredictionEvent,
} from "../../support/tracking-events.ts";

const hourMs = 3_600_000;
const stack = useSharedStack();
Object.assign(process.env, stack.env);

let emulator: FirehoseEmulator;
beforeAll(async () => {
  emulator = await startFirehoseEmulator();
}, 180_000);
afterAll(() => emulator.stop());

interface Place {
  location: StoreLocation;
  sink: LogSink;
  /** The same sink where nobody answers. */
  deadSink: LogSink;
}

/** Where records go in each case: to an S3 server, or through Firehose to another. */
const places: Record<"s3" | "firehose", () => Promise<Place>> = {
  async s3() {
    const options = { region: "us-east-1", endpoint: stack.s3Url };
    const location = {
      store: createObjectStore(options),
      bucket: stack.inferenceLogBucket,
      prefix: `${randomUUID()}/`,
    };
    const dead = createObjectStore({ ...options, endpoint: "http://127.0.0.1:9" });
    return { location, sink: createS3Sink(location), deadSink: createS3Sink({ ...location, store: dead }) };
  },
  async firehose() {
    const name = `log-${randomUUID()}`;
    await emulator.createBucket(name);
    const { Properties } = readTemplate().InferenceLogStream;
    const { ExtendedS3DestinationConfiguration: destination } = Properties;
    await emulator.call("firehose", "Firehose_20150804.CreateDeliveryStream", {
      DeliveryStreamName: name,
      DeliveryStreamType: Properties.DeliveryStreamType,
      ExtendedS3DestinationConfiguration: {
        ...destination,
        BucketARN: `arn:aws:s3:::${name}`,
        RoleARN: "arn:aws:iam::000000000000:role/deliver",
        Prefix: joinParts(destination.Prefix),
        ErrorOutputPrefix: joinParts(destination.ErrorOutputPrefix),
      },
    });
    const { region, url: endpoint } = emulator;
    const location = { store: createObjectStore({ region, endpoint }), bucket: name, prefix: "" };
    const stream = (at: string) => createFirehoseSink(createDeliveryStream({ name, region, endpoint: at }));
    return { location, sink: stream(endpoint), deadSink: stream("http://127.0.0.1:9") };
  },
};

const readTemplate = () => {
  const text = readFileSync("resources/log-table.yml", "utf8").replaceAll("${param:logPrefix}", "");
  return parse(text, { logLevel: "silent" }).Resources;
};
/** What CloudFormation's `Join` makes of a list. */
const joinParts = ([separator, parts]: [string, string[]]) => parts.join(separator);

function startLog({ location, sink }: Pick<Place, "location" | "sink">, timeoutMs = 20_000) {
  const session = createSession({
    functionName: "predict",
    apiVersion: "1.2.3",
    environment: "test",
    now: Date.now,
    createId: randomUUID,
  });
  const log = createInferenceLog({
    sink,
    prefix: location.prefix,
    sessionId: session.id,
    timeoutMs,
    log: createRecordedLog(),
    now: Date.now,
  });
  onTestFinished(() => log.close());
  return { log, session, predict: () => session.recordPrediction(createPredictionEvent()) };
}

const readAll = async (location: StoreLocation, nowMs = Date.now()) =>
  (await readRecords(location, { sinceMs: nowMs - 8 * hourMs, nowMs })).records;

describe.each(["s3", "firehose"] as const)("the inference log through %s", (kind) => {
  it("has every record that was acknowledged, of several kinds, for its readers", async () => {
    const place = await places[kind]();
    const { log, session, predict } = startLog(place);
    const records = [
      predict(),
      session.recordError(createErrorEvent()),
      session.recordModelLoad(createModelLoadEvent()),
      predict(),
    ];
    for (const record of records) expect(await log.append(record)).toBe(true);
    const together = Array.from({ length: 20 }, predict);
    expect(await Promise.all(together.map((record) => log.append(record)))).toEqual(together.map(() => true));

    const ids = (found: { record_id: string }[]) => found.map(({ record_id }) => record_id).sort();
    expect(ids(await readAll(place.location))).toEqual(ids([...records, ...together]));
    const recent = await readRecentPredictions(place.location, { limit: 5, nowMs: Date.now() });
    // Of the same millisecond, any.
    expect(recent.records.filter(({ step }) => step > 2)).toHaveLength(5);
    expect(log.state()).toEqual({ status: "reachable", pending: 0, dropped: 0 });
  });

  it("divides what has waited into what the sink takes at once, and loses none", async () => {
    const place = await places[kind]();
    const { log, predict } = startLog(place);
    const records = Array.from({ length: 2_500 }, predict);
    await Promise.all(records.map((record) => log.append(record)));

    expect(log.state()).toMatchObject({ pending: 0, dropped: 0 });
    expect((await readAll(place.location)).map(({ step }) => step).sort((a, b) => a - b)).toEqual(
      records.map(({ step }) => step),
    );
  });

  it("lets answers go when nobody takes the records, and keeps them", async () => {
    const place = await places[kind]();
    const { log, predict } = startLog({ ...place, sink: place.deadSink }, 300);
    const startedMs = performance.now();
    for (let index = 0; index < 5; index += 1) expect(await log.append(predict())).toBe(false);

    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect(log.state()).toMatchObject({ status: "unreachable", pending: 5, dropped: 0 });
  });

  it("is reconciled with MLflow and compacted to a table with summaries", async () => {
    const place = await places[kind]();
    const { location } = place;
    const { log, session, predict } = startLog(place);
    for (let index = 0; index < 12; index += 1) await log.append(predict());
    const { client, runs } = createMemoryMlflow();
    const nowMs = Date.now() + 3 * hourMs;
    const options = { location, mlflow: client, experimentName: "e", log: createRecordedLog() };

    const prediction = session.recordPrediction(
      createPredictionEvent({ prediction_id: createPredictionId(Date.now()), predicted_class: "normal" }),
    );
    await log.append(prediction);
    const { prediction_id: predictionId } = prediction;
    expect(await findPrediction(location, predictionId)).toEqual(prediction);
    const labels = createLabelStore(location);
    await labels.add({ prediction, label: "glaucoma", labelledBy: "ana", source: "api", nowMs: Date.now() });
    const judge = () => readDriftWindow(location, lastPredictions(100), { lowConfidencePercent: 70, nowMs });
    expect(await judge()).toMatchObject({ window: { predictions: 13 }, realised: { labelled: 1 } });

    const report = await maintainTracking({ ...options, now: () => nowMs });
    expect(await findPrediction(location, predictionId)).toEqual(prediction);
    expect(await judge()).toMatchObject({ window: { predictions: 13 }, realised: { labelled: 1 } });

    expect(report).toMatchObject({ isComplete: true, recordsSent: 13, brokenLines: 0 });
    const steps = runs.get("run-1")?.metrics.filter(({ key }) => key === "prediction_count");
    expect(steps).toHaveLength(13);
    const keys: string[] = [];
    for await (const { key } of location.store.listObjects(location.bucket, { prefix: location.prefix }))
      keys.push(key);
    const objects = keys.map(parseLogKey).filter((object) => object !== undefined);
    expect(objects.every(({ compacted }) => compacted)).toBe(true);
    expect(await readAll(location)).toHaveLength(13);
    const listed = await listSummaries(location, { sinceMs: nowMs - 6 * hourMs, untilMs: nowMs });
    const hours = await readSummaries(location, listed);
    const counts = hours.flatMap(({ summary }) => summary.groups.map(({ predictions }) => predictions));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(13);
  });
});

it("Athena and npm run log answer the same SQL over the table of the template", {
  timeout: 60_000,
}, async () => {
  const place = await places.firehose();
  const { location } = place;
  const { log, session, predict } = startLog(place);
  for (let index = 0; index < 9; index += 1) await log.append(predict());
  await log.append(session.recordError(createErrorEvent()));
  const nowMs = Date.now() + 3 * hourMs;
  await maintainTracking({ location, experimentName: "e", log: createRecordedLog(), now: () => nowMs });
  await createTable(location.bucket);
  const sql = `SELECT kind, count(*) AS n, CAST(avg(confidence) AS integer) AS confidence,
    min(json_extract_scalar(record, '$.session_totals.predictions')) AS first
    FROM inference_log GROUP BY kind ORDER BY kind`;

  const rows = await askAthena(sql, location.bucket);

  const folder = mkdtempSync(join(tmpdir(), "log-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await collectTable(location, folder, { sinceMs: nowMs - 8 * hourMs, fromMs: nowMs });
  const own = (await queryTable(folder, sql)).rows;
  expect(own).toEqual([
    ["error", 1, null, "9"],
    ["prediction", 9, 75, "1"],
  ]);
  expect(rows).toEqual(own.map((row) => row.map((value) => (value === null ? "" : String(value)))));
});

/** The template's own table, with the bucket of a test. */
async function createTable(bucket: string): Promise<void> {
  const { TableInput } = readTemplate().InferenceLogTable.Properties;
  const location = `s3://${bucket}/inference-log/table/`;
  await emulator.call("glue", "AWSGlue.CreateDatabase", { DatabaseInput: { Name: bucket } });
  await emulator.call("glue", "AWSGlue.CreateTable", {
    DatabaseName: bucket,
    TableInput: {
      ...TableInput,
      Parameters: {
        ...TableInput.Parameters,
        "storage.location.template": `${location}date=\${date}/hour=\${hour}/`,
      },
      StorageDescriptor: { ...TableInput.StorageDescriptor, Location: location },
    },
  });
}

async function askAthena(sql: string, database: string): Promise<string[][]> {
  const { QueryExecutionId } = await emulator.call("athena", "AmazonAthena.StartQueryExecution", {
    // The emulator hands statements to DuckDB, which has Athena's function under another name.
    QueryString: sql.replaceAll("json_extract_scalar", "json_extract_string"),
    QueryExecutionContext: { Database: database },
    ResultConfiguration: { OutputLocation: `s3://${database}/results/` },
  });
  const state = async () => {
    const answer = await emulator.call("athena", "AmazonAthena.GetQueryExecution", { QueryExecutionId });
    return (answer.QueryExecution as { Status: { State: string } }).Status.State;
  };
  await expect.poll(state, { timeout: 30_000 }).toBe("SUCCEEDED");
  const answer = await emulator.call("athena", "AmazonAthena.GetQueryResults", { QueryExecutionId });
  const { Rows } = (answer as { ResultSet: { Rows: { Data: { VarCharValue?: string }[] }[] } }).ResultSet;
  return Rows.slice(1).map(({ Data }) => Data.map(({ VarCharValue = "" }) => VarCharValue));
}
