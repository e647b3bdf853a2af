import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Health, healthSchema } from "../../../shared/schemas/health.ts";
import { type ServiceState, writeServiceState } from "../../../shared/serving/service-state.ts";
import { createHttpEvent, createLambdaContext } from "../../support/http-events.ts";
import { useOwnStack } from "../../support/stack.ts";
import { createWorkplace, metricsOf, type Workplace } from "../tracking/workplace.ts";

const stack = useOwnStack();

const state: ServiceState = {
  model: {
    name: "eye-disease-model",
    version: "7",
    source: "mlflow_registry",
    engine: "onnx",
    stage: "Production",
    loaded_at: "2026-11-25T11:00:00.000Z",
  },
  contract_by: { labels: "model-contract.json" },
  reported_at: new Date().toISOString(),
  session_id: randomUUID(),
  session_name: "api_session_1764068400",
};
const { model: _model, ...stateWithoutModel } = state;

/** A fresh environment of the health function, with the settings of a workplace. */
async function startHealthFunction(workplace: Workplace, settings: Record<string, string> = {}) {
  Object.assign(process.env, {
    ...stack().env,
    MLFLOW_EXPERIMENT_NAME: workplace.experimentName,
    INFERENCE_LOG_PREFIX: workplace.location.prefix,
    ENVIRONMENT: "test",
    LOG_LEVEL: "CRITICAL",
    ENABLE_MLFLOW_TRACKING: "true",
    ENABLE_MODEL_REGISTRY: "true",
    ...settings,
  });
  vi.resetModules();
  const { handler } = await import("../../../functions/health/handler.ts");
  return async () => {
    const event = createHttpEvent({ method: "GET", path: "/health" });
    const response = await handler(event, createLambdaContext());
    return { status: response.statusCode, health: healthSchema.parse(JSON.parse(response.body)) };
  };
}

const dependenciesOf = ({ dependencies }: Health) => [dependencies.mlflow.status, dependencies.s3.status];

describe("with everything running", () => {
  it("is healthy with the model that predict reported", async () => {
    const workplace = createWorkplace(stack());
    await writeServiceState(workplace.location, state);
    const { status, health } = await (await startHealthFunction(workplace))();
    expect(status).toBe(200);
    expect(health).toMatchObject({
      status: "healthy",
      model_loaded: true,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      environment: "test",
      problems: [],
      model: { ...state.model, session_name: state.session_name },
      reported_at: state.reported_at,
      tracking: { enabled: true, dropped_records: 0 },
    });
    expect(dependenciesOf(health)).toEqual(["reachable", "reachable"]);
  });

  it("says that no predict environment has reported yet", async () => {
    const { status, health } = await (await startHealthFunction(createWorkplace(stack())))();
    expect(status).toBe(200);
    expect(health).toMatchObject({ status: "degraded", model_loaded: false, model: null });
    expect(health.problems).toEqual([expect.stringMatching(/^No predict environment has reported/)]);
  });

  it("is unhealthy, with 503, when predict has no model", async () => {
    const workplace = createWorkplace(stack());
    await writeServiceState(workplace.location, {
      ...stateWithoutModel,
      failure_reason: "no version",
      failure_kind: "ModelError",
    });
    const { status, health } = await (await startHealthFunction(workplace))();
    expect(status).toBe(503);
    expect(health).toMatchObject({ status: "unhealthy", model_loaded: false });
    expect(health.problems).toEqual([expect.stringMatching(/^No model could be loaded: ModelError /)]);
  });

  it("tracks each check to MLflow after the answer", async () => {
    const workplace = createWorkplace(stack());
    await writeServiceState(workplace.location, state);
    const check = await startHealthFunction(workplace);
    const { health } = await check();
    await check();
    await vi.waitFor(
      async () => {
        const runs = await workplace.findRuns();
        const run = runs.find(({ info }) => info.run_name === health.tracking.session_name);
        if (run === undefined) throw new Error("The session has no run yet");
        expect(metricsOf(run)).toMatchObject({
          health_check_response_time_ms: expect.any(Number),
          health_check_count: 2,
          health_check_error_count: 0,
          model_loaded: 1,
        });
      },
      { timeout: 20_000, interval: 500 },
    );
    const records = await workplace.readLog();
    expect(records.map((record) => record.kind)).toEqual(["health_check", "health_check"]);
  });

  it("asks for no MLflow that no setting asks for", async () => {
    const workplace = createWorkplace(stack());
    await writeServiceState(workplace.location, state);
    const check = await startHealthFunction(workplace, {
      ENABLE_MLFLOW_TRACKING: "false",
      ENABLE_MODEL_REGISTRY: "false",
      MLFLOW_TRACKING_URI: "http://127.0.0.1:9",
    });
    const { health } = await check();
    expect(health.status).toBe("healthy");
    expect(dependenciesOf(health)).toEqual(["off", "reachable"]);
    expect(health.tracking.enabled).toBe(false);
  });

  it("tells nothing of keys, buckets and addresses when S3 refuses", async () => {
    const workplace = createWorkplace(stack());
    const check = await startHealthFunction(workplace, { INFERENCE_LOG_BUCKET: "not-there" });
    const { health } = await check();
    expect(health.dependencies.s3).toMatchObject({ status: "unreachable", detail: "NoSuchBucket" });
    expect(JSON.stringify(health)).not.toContain("not-there");
  });
});

describe("with something stopped", () => {
  let workplace: Workplace;
  beforeAll(async () => {
    workplace = createWorkplace(stack());
    await writeServiceState(workplace.location, state);
  });

  it("is degraded without S3, and says that the model is unknown", async () => {
    await stack().s3.stop();
    try {
      const { status, health } = await (await startHealthFunction(workplace))();
      expect(status).toBe(200);
      expect(health).toMatchObject({ status: "degraded", model_loaded: false, model: null });
      expect(dependenciesOf(health)).toEqual(["reachable", "unreachable"]);
      expect(health.dependencies.s3.detail).toBe("ECONNREFUSED");
    } finally {
      await stack().s3.start();
    }
  });

  it("is degraded without MLflow, with the model known, and recovers", async () => {
    await stack().mlflow.stop();
    const check = await startHealthFunction(workplace);
    try {
      const { status, health } = await check();
      expect(status).toBe(200);
      expect(health).toMatchObject({ status: "degraded", model_loaded: true });
      expect(dependenciesOf(health)).toEqual(["unreachable", "reachable"]);
      expect(health.problems).toEqual([
        "MLflow cannot be reached (ECONNREFUSED): runs and metrics wait and are sent later",
      ]);
    } finally {
      await stack().mlflow.start();
    }
    await vi.waitFor(async () => expect((await check()).health.status).toBe("healthy"), {
      timeout: 20_000,
      interval: 1_000,
    });
  });

  it("is degraded without PostgreSQL behind MLflow", async () => {
    await stack().postgres.stop();
    try {
      const { health } = await (await startHealthFunction(workplace))();
      expect(health).toMatchObject({ status: "degraded", model_loaded: true });
      expect(dependenciesOf(health)).toEqual(["unreachable", "reachable"]);
      expect(health.dependencies.mlflow.detail).toBe("TEMPORARILY_UNAVAILABLE");
    } finally {
      await stack().postgres.start();
    }
  });
});
