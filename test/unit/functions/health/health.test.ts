import { describe, expect, it } from "vitest";
import { createHealth, type HealthDependencies } from "../../../../functions/health/health.ts";
import type { HttpRequest } from "../../../../shared/http/http-message.ts";
import { type Dependency, healthSchema } from "../../../../shared/schemas/health.ts";
import type { ServiceState } from "../../../../shared/serving/service-state.ts";

const checkedAt = "2026-11-25T12:00:00.000Z";
const reachable: Dependency = { status: "reachable", response_time_ms: 3, checked_at: checkedAt };
const state: ServiceState = {
  model: {
    name: "eye-disease-model",
    version: "3",
    source: "mlflow_registry",
    engine: "onnx",
    loaded_at: checkedAt,
  },
  contract_by: {},
  reported_at: checkedAt,
  session_id: "6f1c1f60-0000-4000-8000-000000000001",
  session_name: "api_session_1764068400",
};
const { model: _model, ...stateWithoutModel } = state;

function prepare(reported: ServiceState | undefined) {
  const calls: string[] = [];
  const tracked: Parameters<HealthDependencies["tracker"]["trackHealthCheck"]>[0][] = [];
  const later: (() => Promise<unknown>)[] = [];
  const off = { status: "off", pending: 0, dropped: 0 } as const;
  const route = createHealth({
    service: { version: "1.2.3", environment: "test", enableTracking: true },
    probeS3: async () => ({ dependency: reachable, value: reported }),
    probeMlflow: async () => ({ dependency: reachable }),
    tracker: {
      trackHealthCheck: async (event) => {
        tracked.push(event);
        return {} as Awaited<ReturnType<HealthDependencies["tracker"]["trackHealthCheck"]>>;
      },
      flush: async () => {
        calls.push("flush");
      },
      state: () => ({
        session: { id: "id", name: "api_session_1" },
        mlflow: { ...off, refused: 0, pending: 2 },
        inference_log: { ...off, pending: 1 },
      }),
    },
    runAfterResponse: (work) => later.push(work),
    now: () => Date.parse(checkedAt),
  });
  const answer = async () => route({ requestId: "request-1" } as HttpRequest);
  return { answer, tracked, later, calls };
}

describe("GET /health", () => {
  it("answers 200 with the contract's fields when healthy", async () => {
    const { answer } = prepare(state);
    const response = await answer();
    expect(response.statusCode).toBe(200);
    const body = healthSchema.parse(JSON.parse(response.body));
    expect(body).toMatchObject({
      status: "healthy",
      model_loaded: true,
      version: "1.2.3",
      environment: "test",
      tracking: { enabled: true, session_name: "api_session_1", pending_records: 2, dropped_records: 0 },
      checked_at: checkedAt,
    });
  });

  it("answers 503 when predict has no model", async () => {
    const { answer, tracked } = prepare(stateWithoutModel);
    const response = await answer();
    expect(response.statusCode).toBe(503);
    expect(JSON.parse(response.body)).toMatchObject({ status: "unhealthy", model_loaded: false });
    expect(tracked).toEqual([expect.objectContaining({ healthy: false, model_loaded: false })]);
  });

  it("answers 200 and degraded before predict has reported", async () => {
    const response = await prepare(undefined).answer();
    expect(response.statusCode).toBe(200);
    expect(JSON.parse(response.body)).toMatchObject({ status: "degraded", model_loaded: false, model: null });
  });

  it("tracks each check, and writes it only after the answer", async () => {
    const { answer, tracked, later, calls } = prepare(state);
    await answer();
    expect(tracked).toEqual([
      {
        request_id: "request-1",
        healthy: true,
        model_loaded: true,
        response_time_ms: expect.any(Number),
      },
    ]);
    expect(calls).toEqual([]);
    await Promise.all(later.map((work) => work()));
    expect(calls).toEqual(["flush"]);
  });
});
