import { describe, expect, it } from "vitest";
import { createMlflowClient, MlflowError } from "../../../../shared/mlflow/index.ts";
import type { InferenceLogRecord } from "../../../../shared/schemas/inference-record.ts";
import type { RecordGroup } from "../../../../shared/tracking/entries/group-records.ts";
import { countBatch, RunGoneError, sendRecords } from "../../../../shared/tracking/sending/send-records.ts";
import { createTestSession } from "../../../support/test-session.ts";
import { createModelLoadEvent, createPredictionEvent } from "../../../support/tracking-events.ts";

interface Batch {
  metrics: { key: string; step: number }[];
  params: unknown[];
}

const errorCodes: Record<number, string> = { 400: "INVALID_PARAMETER_VALUE", 404: "RESOURCE_DOES_NOT_EXIST" };

/** A client whose log-batch calls are answered by `refuse`: a status to refuse with, or undefined. */
function createTestClient(
  refuse: (batch: Batch) => number | undefined,
  lifecycle = "active",
  error?: object,
) {
  const batches: Batch[] = [];
  const client = createMlflowClient({
    trackingUri: "http://mlflow.test",
    maxAttempts: 1,
    fetch: async (request) => {
      if (request.url.includes("/runs/get")) {
        if (lifecycle === "gone")
          return Response.json({ error_code: "RESOURCE_DOES_NOT_EXIST" }, { status: 404 });
        return Response.json({ run: { info: { run_id: "run", lifecycle_stage: lifecycle } } });
      }
      const batch = (await request.json()) as Batch;
      batches.push(batch);
      const status = refuse(batch);
      if (status === undefined) return Response.json({});
      const errorCode = errorCodes[status] ?? "TEMPORARILY_UNAVAILABLE";
      return Response.json(error ?? { error_code: errorCode, message: "refused" }, { status });
    },
  });
  return { client, batches };
}

const createPredictions = (count: number) => {
  const session = createTestSession();
  return Array.from({ length: count }, () => session.recordPrediction(createPredictionEvent()));
};

const alone = (records: readonly InferenceLogRecord[]): RecordGroup[] => records.map((record) => [record]);

const holdsStep = (batch: Batch, step: number) => batch.metrics.some((metric) => metric.step === step);

describe("sendRecords", () => {
  it("sends records together in one call", async () => {
    const { client, batches } = createTestClient(() => undefined);

    expect(await sendRecords(client, "run", alone(createPredictions(10)))).toEqual([]);
    expect(batches).toHaveLength(1);
  });

  it("writes figures of the session once per call, those of its newest record", async () => {
    const { client, batches } = createTestClient(() => undefined);

    await sendRecords(client, "run", alone(createPredictions(82)));

    const [{ metrics } = { metrics: [] }] = batches;
    expect(metrics).toHaveLength(828);
    expect(metrics.filter(({ key }) => key === "session_avg_confidence").map(({ step }) => step)).toEqual([
      82,
    ]);
    expect(metrics.at(-1)).toMatchObject({ key: "prediction_count", step: 82 });
  });

  it("finds the record at fault and sends the others", async () => {
    const { client, batches } = createTestClient((batch) => (holdsStep(batch, 6) ? 400 : undefined));
    const records = createPredictions(10);

    const refused = await sendRecords(client, "run", alone(records));

    expect(refused).toEqual([{ record: records[5], reason: "refused" }]);
    const accepted = batches.filter((batch) => !holdsStep(batch, 6)).flatMap((batch) => batch.metrics);
    expect(new Set(accepted.map(({ step }) => step))).toEqual(new Set([1, 2, 3, 4, 5, 7, 8, 9, 10]));
    expect(batches.filter((batch) => batch.metrics.at(-1)?.step === 6)).toHaveLength(1);
  });

  it("leaves out params that MLflow refuses to change", async () => {
    const { client, batches } = createTestClient((batch) => (batch.params?.length > 0 ? 400 : undefined));
    const record = createTestSession().recordModelLoad(createModelLoadEvent());

    expect(await sendRecords(client, "run", [[record]])).toEqual([]);
    expect(batches.at(-1)?.metrics.map(({ key }) => key)).toEqual([
      "model_load_time_seconds",
      "model_load_success",
    ]);
  });

  it("names a record that MLflow refuses without its params, too", async () => {
    const { client, batches } = createTestClient(() => 400);
    const record = createTestSession().recordModelLoad(createModelLoadEvent());

    expect(await sendRecords(client, "run", [[record]])).toEqual([{ record, reason: "refused" }]);
    expect(batches).toHaveLength(2);
  });

  it.each([
    ["fails", 503],
    ["does not have the run for a moment", 404],
  ])("passes on that MLflow %s when it gets a record without its params", async (_what, status) => {
    const { client } = createTestClient((batch) => (batch.params?.length > 0 ? 400 : status));
    const record = createTestSession().recordModelLoad(createModelLoadEvent());

    await expect(sendRecords(client, "run", [[record]])).rejects.toMatchObject({ status });
  });

  it.each([
    ["a database that is read-only", 400, { error_code: "BAD_REQUEST", message: "ReadOnlySqlTransaction" }],
    ["a proxy that knows no such route", 404, { detail: "Not Found" }],
    ["a replica that does not have the run yet", 404, { error_code: "RESOURCE_DOES_NOT_EXIST" }],
    ["a proxy that cannot process", 422, {}],
  ])("passes on what is over in a moment, and gives no record up: %s", async (_what, status, error) => {
    const { client, batches } = createTestClient(() => status, "active", error);

    await expect(sendRecords(client, "run", alone(createPredictions(2)))).rejects.toMatchObject({ status });
    expect(batches).toHaveLength(1);
  });

  it.each([500, 502, 503, 429])(
    "passes on that MLflow fails with %i, since the same may be sent again",
    async (status) => {
      const { client } = createTestClient(() => status);

      await expect(sendRecords(client, "run", alone(createPredictions(2)))).rejects.toThrow(MlflowError);
    },
  );

  it.each(["deleted", "gone"])("tells that the run was deleted: %s", async (lifecycle) => {
    const { client } = createTestClient(() => 400, lifecycle);

    await expect(sendRecords(client, "run", alone(createPredictions(2)))).rejects.toThrow(RunGoneError);
  });

  it("splits the one record that is too large for a call, its marker last", async () => {
    const { client, batches } = createTestClient(() => undefined);
    const probabilities = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`c${index}`, 0.001]),
    );
    const record = createTestSession().recordPrediction(createPredictionEvent({ probabilities }));

    await sendRecords(client, "run", [[record]]);

    expect(batches.map(({ metrics }) => metrics.length)).toEqual([996, 1_000, 14]);
    expect(batches.at(-1)?.metrics.at(-1)?.key).toBe("prediction_count");
  });
});

describe("countBatch", () => {
  it("takes whole records while they fit into a call of 1,000 metrics, params and tags", () => {
    const records = createPredictions(100);

    // 10 metrics and 4 tags each, and once 8 figures of the session.
    expect(countBatch(alone(records))).toBe(70);
    expect(countBatch(alone(records.slice(0, 7)))).toBe(7);
  });

  it("counts params as well", () => {
    const loads = Array.from({ length: 100 }, () => [
      createTestSession().recordModelLoad(createModelLoadEvent()),
    ]) as unknown as RecordGroup[];

    // 2 metrics, 5 params and 8 tags each.
    expect(countBatch(loads)).toBe(66);
  });

  it("takes at least one record", () => {
    const probabilities = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`c${index}`, 0.001]),
    );
    const record = createTestSession().recordPrediction(createPredictionEvent({ probabilities }));

    expect(countBatch([[record], [record]])).toBe(1);
  });
});
