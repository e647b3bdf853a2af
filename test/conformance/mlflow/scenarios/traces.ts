import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { runProgram } from "../../../../scripts/stack/processes/run-program.ts";
import { ensurePythonEnvironment } from "../../../../scripts/stack/python-environment.ts";
import { type MlflowClient, unwrap } from "../../../../shared/mlflow/index.ts";
import { newExperiment, newRun, type Scenario } from "../scenario.ts";

export const tracesOfVersion2: Scenario = async (client) => {
  const experiment_id = await newExperiment(client);
  const request_metadata = [{ key: "input", value: "image" }];
  const start = {
    experiment_id,
    timestamp_ms: Date.now(),
    request_metadata,
    tags: [{ key: "a", value: "b" }],
  };
  const { trace_info } = await unwrap(client.POST("/api/2.0/mlflow/traces", { body: start }));
  const request_id = trace_info?.request_id ?? "";
  const path = { request_id };
  const end = {
    timestamp_ms: Date.now(),
    status: "OK",
    request_metadata,
    tags: [{ key: "c", value: "d" }],
  } as const;
  await unwrap(
    client.PATCH("/api/2.0/mlflow/traces/{request_id}", {
      params: { path },
      body: { ...end, tags: [{ key: "c", value: "d" }] },
    }),
  );
  await unwrap(
    client.PATCH("/api/2.0/mlflow/traces/{request_id}/tags", {
      params: { path },
      body: { key: "e", value: "f" },
    }),
  );
  await unwrap(
    client.DELETE("/api/2.0/mlflow/traces/{request_id}/tags", { params: { path }, body: { key: "e" } }),
  );
  const info = await unwrap(client.GET("/api/2.0/mlflow/traces/{request_id}/info", { params: { path } }));
  expect(info.trace_info).toMatchObject({ request_id, status: "OK" });
  const query = { experiment_ids: [experiment_id], max_results: 10, order_by: ["timestamp_ms DESC"] };
  const found = await unwrap(client.GET("/api/2.0/mlflow/traces", { params: { query } }));
  expect(found.traces?.map((trace) => trace.request_id)).toEqual([request_id]);
  const body = { experiment_id, request_ids: [request_id] };
  const deleted = await unwrap(client.POST("/api/2.0/mlflow/traces/delete-traces", { body }));
  expect(deleted.traces_deleted).toBe(1);
};

export const tracesOfVersion3: Scenario = async (client) => {
  const { experimentId, runId } = await newRun(client);
  const trace_id = await newTrace(client, experimentId);
  const path = { trace_id };
  const info = await unwrap(client.GET("/api/3.0/mlflow/traces/{trace_id}", { params: { path } }));
  expect(info.trace?.trace_info).toMatchObject({ trace_id, state: "OK", execution_duration: "1.500s" });
  await unwrap(
    client.PATCH("/api/3.0/mlflow/traces/{trace_id}/tags", {
      params: { path },
      body: { key: "e", value: "f" },
    }),
  );
  await unwrap(
    client.DELETE("/api/3.0/mlflow/traces/{trace_id}/tags", { params: { path }, body: { key: "e" } }),
  );

  const location = { type: "MLFLOW_EXPERIMENT" as const, mlflow_experiment: { experiment_id: experimentId } };
  const search = { locations: [location], max_results: 10, order_by: ["timestamp_ms DESC"] };
  const found = await unwrap(client.POST("/api/3.0/mlflow/traces/search", { body: search }));
  expect(found.traces?.map((trace) => trace.trace_id)).toEqual([trace_id]);
  const infos = await unwrap(
    client.POST("/api/3.0/mlflow/traces/batchGetInfos", { body: { trace_ids: [trace_id] } }),
  );
  expect(infos.trace_infos).toHaveLength(1);
  const links = { trace_ids: [trace_id], run_id: runId };
  await unwrap(client.POST("/api/2.0/mlflow/traces/link-to-run", { body: links }));
  const filters = { filter_string1: "status = 'OK'", filter_string2: "status = 'ERROR'" };
  const correlation = { experiment_ids: [experimentId], ...filters };
  await unwrap(client.POST("/api/3.0/mlflow/traces/calculate-filter-correlation", { body: correlation }));
  const metrics = {
    experiment_ids: [experimentId],
    view_type: "TRACES" as const,
    metric_name: "trace_count",
    aggregations: [{ aggregation_type: "COUNT" as const }],
  };
  const counted = await unwrap(client.POST("/api/3.0/mlflow/traces/metrics", { body: metrics }));
  expect(counted.data_points?.[0]?.values).toEqual({ COUNT: 1 });

  const body = { experiment_id: experimentId, request_ids: [trace_id] };
  const deleted = await unwrap(client.POST("/api/3.0/mlflow/traces/delete-traces", { body }));
  expect(deleted.traces_deleted).toBe(1);
};

/** Spans travel by OpenTelemetry's protocol, which this client does not speak: Python writes these. */
export const spans: Scenario = async (client, { mlflowUrl }) => {
  const experiment_id = await newExperiment(client);
  await traceInPython(mlflowUrl, experiment_id);
  const location = { type: "MLFLOW_EXPERIMENT" as const, mlflow_experiment: { experiment_id } };
  const { traces } = await unwrap(
    client.POST("/api/3.0/mlflow/traces/search", { body: { locations: [location] } }),
  );
  const trace_id = traces?.[0]?.trace_id ?? "";
  const one = { params: { query: { trace_id, allow_partial: true } } };
  const { trace } = await unwrap(client.GET("/api/3.0/mlflow/traces/get", one));
  expect(trace?.spans?.map((span) => span.name).toSorted()).toEqual(["decode", "predict"]);
  const several = { params: { query: { trace_ids: [trace_id] } } };
  expect((await unwrap(client.GET("/api/3.0/mlflow/traces/batchGet", several))).traces).toHaveLength(1);
  const file = { params: { query: { request_id: trace_id } } };
  for (const path of [
    "/ajax-api/2.0/mlflow/get-trace-artifact",
    "/ajax-api/3.0/mlflow/get-trace-artifact",
  ] as const) {
    expect(await unwrap(client.GET(path, { ...file, parseAs: "json" }))).toHaveProperty("spans");
  }
  const prompts = { trace_id, prompt_versions: [{ name: "prompt", version: "1" }] };
  await unwrap(client.POST("/api/2.0/mlflow/traces/link-prompts", { body: prompts }));
};

const program = `
import sys, mlflow
mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment(experiment_id=sys.argv[2])
with mlflow.start_span("predict") as span:
    span.set_inputs({"image": "a.jpg", "size": 2 ** 40, "ratio": 0.5})
    with mlflow.start_span("decode", attributes={"format": "jpeg"}):
        span.add_event(mlflow.entities.SpanEvent("decoded"))
mlflow.flush_trace_async_logging()
`;

async function traceInPython(mlflowUrl: string, experimentId: string): Promise<void> {
  const { python } = await ensurePythonEnvironment();
  await runProgram(python, ["-c", program, mlflowUrl, experimentId], { timeoutMs: 60_000 });
}

export const assessments: Scenario = async (client) => {
  const trace_id = await newTrace(client, await newExperiment(client));
  const source = { source_type: "HUMAN" as const, source_id: "reader" };
  const assessment = {
    assessment_name: "quality",
    trace_id,
    source,
    feedback: { value: 0.75 },
    rationale: "sharp",
  };
  const created = await unwrap(
    client.POST("/api/3.0/mlflow/traces/{trace_id}/assessments", {
      params: { path: { trace_id } },
      body: { assessment },
    }),
  );
  const assessment_id = created.assessment?.assessment_id ?? "";
  const path = { trace_id, assessment_id };
  const one = "/api/3.0/mlflow/traces/{trace_id}/assessments/{assessment_id}" as const;
  const gotten = await unwrap(client.GET(one, { params: { path } }));
  expect(gotten.assessment).toMatchObject({ assessment_name: "quality", feedback: { value: 0.75 } });
  const change = { ...assessment, assessment_id, rationale: "very sharp" };
  const body = { assessment: change, update_mask: "rationale" };
  const updated = await unwrap(client.PATCH(one, { params: { path }, body }));
  expect(updated.assessment?.rationale).toBe("very sharp");
  await unwrap(client.DELETE(one, { params: { path } }));
};

export async function newTrace(client: MlflowClient, experiment_id: string): Promise<string> {
  const trace_id = `tr-${randomBytes(16).toString("hex")}`;
  const trace_info = {
    trace_id,
    trace_location: { type: "MLFLOW_EXPERIMENT" as const, mlflow_experiment: { experiment_id } },
    request_preview: "image",
    response_preview: "normal",
    request_time: new Date().toISOString(),
    execution_duration: "1.5s",
    state: "OK" as const,
    trace_metadata: { model: "eye" },
    tags: { area: "fundus" },
  };
  await unwrap(client.POST("/api/3.0/mlflow/traces", { body: { trace: { trace_info } } }));
  return trace_id;
}
