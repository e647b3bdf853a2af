import { randomUUID } from "node:crypto";
import { createObjectStore } from "../../../shared/aws/object-store.ts";
import { logPrefix, tablePrefix } from "../../../shared/inference-log/log-keys.ts";
import { readLogObject } from "../../../shared/inference-log/log-object.ts";
import {
  createMlflowClient,
  getExperimentByName,
  getMetricHistory,
  getRun,
  type Metric,
  type Run,
  searchRuns,
} from "../../../shared/mlflow/index.ts";
import { createTracker, type Tracker, type TrackerOptions } from "../../../shared/tracking/tracker.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";
import type { SharedStack } from "../../support/stack-setup.ts";

/** A busy machine may be slow: nothing here is about time. */
export const patienceMs = 20_000;

export type Workplace = ReturnType<typeof createWorkplace>;

/** An experiment and a part of the bucket that only one test uses, and what the test looks at them with. */
export function createWorkplace({
  env,
  mlflowUrl,
  s3Url,
  inferenceLogBucket,
}: Omit<SharedStack, "postgresUrl">) {
  Object.assign(process.env, env);
  const experimentName = `tracking-${randomUUID()}`;
  const location = {
    store: createObjectStore({ region: env.AWS_REGION ?? "", endpoint: s3Url }),
    bucket: inferenceLogBucket,
    prefix: `${experimentName}/`,
  };
  const credentials = { username: env.MLFLOW_TRACKING_USERNAME, password: env.MLFLOW_TRACKING_PASSWORD };
  const mlflow = createMlflowClient({ trackingUri: mlflowUrl, maxAttempts: 1, ...credentials });
  const log = createRecordedLog();

  return {
    experimentName,
    location,
    log,
    mlflow,

    createTracker(options: Partial<TrackerOptions> = {}): Tracker {
      return createTracker({
        service: { functionName: "predict", environment: "test", experimentName },
        apiVersion: "1.2.3",
        mlflow,
        inferenceLog: { ...location, timeoutMs: patienceMs },
        log,
        pace: { restMs: 0, maximumTimeShare: Number.POSITIVE_INFINITY },
        ...options,
      });
    },

    async listKeys(): Promise<string[]> {
      const keys: string[] = [];
      for (const prefix of [logPrefix(location.prefix), tablePrefix(location.prefix)])
        for await (const { key } of location.store.listObjects(location.bucket, { prefix })) keys.push(key);
      return keys;
    },

    /** Every record of the log, as often as it is there. */
    async readLog() {
      const records = [];
      for (const key of await this.listKeys()) {
        records.push(...((await readLogObject(location, key)) ?? []).map(({ record }) => record));
      }
      return records.filter((record) => record !== undefined);
    },

    async findRuns(): Promise<Run[]> {
      const experiment = await getExperimentByName(mlflow, experimentName);
      if (experiment === undefined) return [];
      const runs: Run[] = [];
      const request = {
        experiment_ids: [experiment.experiment_id],
        run_view_type: "ACTIVE_ONLY" as const,
        max_results: 100,
      };
      for await (const run of searchRuns(mlflow, request)) runs.push(run);
      return runs;
    },

    /** The only run of a session. */
    async findRun(sessionId: string): Promise<Run> {
      const runs = (await this.findRuns()).filter((run) => tagsOf(run).session_id === sessionId);
      if (runs.length !== 1)
        throw new Error(`Expected 1 run of session ${sessionId} but found ${runs.length}`);
      const run = await getRun(mlflow, runs[0]?.info.run_id ?? "");
      if (run === undefined) throw new Error("The run is gone");
      return run;
    },

    async loadHistory(run: Run, key: string): Promise<Metric[]> {
      const metrics: Metric[] = [];
      for await (const metric of getMetricHistory(mlflow, run.info.run_id, key)) metrics.push(metric);
      return metrics;
    },

    /** Steps of a metric's history, in the order of the history. */
    async loadSteps(run: Run, key: string): Promise<number[]> {
      return (await this.loadHistory(run, key)).map((metric) => metric.step ?? 0);
    },
  };
}

export const tagsOf = (run: Run) => textOf(run.data?.tags);
export const paramsOf = (run: Run) => textOf(run.data?.params);

const textOf = (labels: readonly { key?: string; value?: string }[] = []) =>
  Object.fromEntries(labels.map(({ key, value }) => [key ?? "", value ?? ""]));

export const metricsOf = (run: Run) =>
  Object.fromEntries((run.data?.metrics ?? []).map(({ key, value }) => [key ?? "", value]));

export const oneTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
