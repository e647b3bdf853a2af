import { describe, expect, it } from "vitest";
import { type HealthFacts, judgeHealth } from "../../../../functions/health/judge-health.ts";
import type { Dependency } from "../../../../shared/schemas/health.ts";
import type { ServiceState } from "../../../../shared/serving/service-state.ts";

const reachable: Dependency = {
  status: "reachable",
  response_time_ms: 3,
  checked_at: "2026-11-25T12:00:00.000Z",
};
const unreachable: Dependency = { ...reachable, status: "unreachable", detail: "ECONNREFUSED" };
const off: Dependency = { ...reachable, status: "off", detail: "INFERENCE_LOG_BUCKET is not set" };

const serving: ServiceState = {
  model: {
    name: "eye-disease-model",
    version: "3",
    source: "mlflow_registry",
    engine: "onnx",
    stage: "Production",
    loaded_at: "2026-11-25T11:00:00.000Z",
  },
  contract_by: { labels: "model-contract.json", preprocessing: "assumed" },
  reported_at: "2026-11-25T11:30:00.000Z",
  session_id: "6f1c1f60-0000-4000-8000-000000000001",
  session_name: "api_session_1764068400",
};
const { model: _model, ...withoutModel } = serving;
/** What only operators may read. */
const address = "s3://clinic-artifacts/7 (arn:aws:sts::123456789012:assumed-role/predict)";
const failed = (kind: string) => ({ failure_reason: address, failure_kind: kind });
const toRead = "(npm run models and predict's log have the reason)";

const judge = (facts: Partial<HealthFacts>) =>
  judgeHealth({
    state: serving,
    dependencies: { mlflow: reachable, s3: reachable },
    log: { status: "reachable", dropped: 0 },
    nowMs: Date.parse("2026-11-25T11:45:00.000Z"),
    run: {},
    ...facts,
  });

describe("judgeHealth", () => {
  it("is degraded where MLflow answers but does not let the service's account write", () => {
    const { status, problems } = judge({ run: { denied: true } });
    expect(status).toBe("degraded");
    expect(problems).toEqual([expect.stringContaining("may not write the experiment")]);
    const away = judge({ run: { denied: true }, dependencies: { mlflow: unreachable, s3: reachable } });
    expect(away.problems).toEqual([expect.stringContaining("MLflow cannot be reached")]);
  });

  it("is healthy when the wanted model serves and everything answers", () => {
    expect(judge({})).toEqual({
      status: "healthy",
      model_loaded: true,
      reported_at: "2026-11-25T11:30:00.000Z",
      challenger: null,
      problems: [],
      model: {
        name: "eye-disease-model",
        version: "3",
        source: "mlflow_registry",
        engine: "onnx",
        stage: "Production",
        contract_by: { labels: "model-contract.json", preprocessing: "assumed" },
        assumed: ["preprocessing"],
        loaded_at: "2026-11-25T11:00:00.000Z",
        session_name: "api_session_1764068400",
      },
    });
  });

  it("is healthy without MLflow where nothing asks for it", () => {
    expect(judge({ dependencies: { mlflow: off, s3: reachable } }).status).toBe("healthy");
  });

  it("does not claim a model before one was reported", () => {
    const verdict = judge({ state: undefined });
    expect(verdict).toMatchObject({ status: "degraded", model_loaded: false, model: null });
    expect(verdict.problems).toEqual([expect.stringMatching(/^No predict environment has reported/)]);
  });

  it("says that the model is unknown when S3 cannot be read", () => {
    const verdict = judge({ state: undefined, dependencies: { mlflow: reachable, s3: unreachable } });
    expect(verdict).toMatchObject({ status: "degraded", model_loaded: false, model: null });
    expect(verdict.problems).toEqual([
      expect.stringMatching(/^It is unknown which model predict serves/),
      "S3 cannot be reached (ECONNREFUSED): records wait in memory",
    ]);
  });

  it("keeps what it knew of the model while S3 is away", () => {
    const verdict = judge({ dependencies: { mlflow: reachable, s3: unreachable } });
    expect(verdict).toMatchObject({ status: "degraded", model_loaded: true });
    expect(verdict.problems).toHaveLength(1);
  });

  it("is degraded while MLflow is away, with the model loaded", () => {
    const verdict = judge({ dependencies: { mlflow: unreachable, s3: reachable } });
    expect(verdict).toMatchObject({ status: "degraded", model_loaded: true });
    expect(verdict.problems).toEqual([
      "MLflow cannot be reached (ECONNREFUSED): runs and metrics wait and are sent later",
    ]);
  });

  it("is degraded when another version than the wanted one serves", () => {
    const verdict = judge({ state: { ...serving, ...failed("AccessDenied"), failure_version: "4" } });
    expect(verdict.status).toBe("degraded");
    expect(verdict.problems).toEqual([
      `The registry was asked, and the version it wants cannot be served: version 4, AccessDenied ${toRead}`,
    ]);
  });

  it("tells a registry that cannot be asked from a version that cannot be served", () => {
    const state = { ...serving, ...failed("ECONNREFUSED"), registry_unreachable: true };
    expect(judge({ state }).problems).toEqual([
      `The registry cannot be asked which version is wanted: ECONNREFUSED ${toRead}`,
    ]);
  });

  it("does not blame a version whose files a server did not give", () => {
    const state = { ...serving, ...failed("TimeoutError"), not_fetched: true };
    expect(judge({ state }).problems).toEqual([
      `The version that the registry wants could not be fetched: TimeoutError ${toRead}`,
    ]);
  });

  it("is degraded once predict has reported nothing for 15 minutes, as far as its reports can be read", () => {
    const nowMs = Date.parse("2026-11-25T11:45:00.001Z");
    expect(judge({ nowMs })).toMatchObject({
      status: "degraded",
      model_loaded: true,
      problems: [
        "Predict has reported nothing since 2026-11-25T11:30:00.000Z, though it does so about every five minutes: it may answer no longer",
      ],
    });
    expect(judge({ nowMs, dependencies: { mlflow: reachable, s3: unreachable } }).problems).toHaveLength(1);
  });

  it("is unhealthy when no model could be loaded, whatever else is well", () => {
    const verdict = judge({ state: { ...withoutModel, ...failed("ENOENT") } });
    expect(verdict).toMatchObject({ status: "unhealthy", model_loaded: false, model: null });
    expect(verdict.problems).toEqual([`No model could be loaded: ENOENT ${toRead}`]);
  });

  it("says so where S3 answers and takes nothing, once", () => {
    const log = { status: "unreachable", dropped: 0 } as const;
    expect(judge({ log })).toMatchObject({
      status: "degraded",
      problems: ["S3 answers but takes no records: they wait in memory"],
    });
    expect(judge({ log, dependencies: { mlflow: reachable, s3: unreachable } }).problems).toEqual([
      "S3 cannot be reached (ECONNREFUSED): records wait in memory",
    ]);
  });

  it("is degraded without an inference log, and when records were given up", () => {
    expect(judge({ dependencies: { mlflow: reachable, s3: off } }).status).toBe("degraded");
    expect(judge({ log: { status: "reachable", dropped: 2 } }).problems).toEqual([
      "2 records of this session were given up",
    ]);
  });
});
