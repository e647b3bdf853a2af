import { expect, it } from "vitest";
import { type HealthFacts, judgeHealth } from "../../../../functions/health/judge-health.ts";
import { findRemedy } from "../../../../scripts/doctor/problem-remedy.ts";
import type { ServiceState } from "../../../../shared/serving/service-state.ts";

const reachable = { status: "reachable" } as HealthFacts["dependencies"]["s3"];
const unreachable = { status: "unreachable", detail: "refused" } as HealthFacts["dependencies"]["s3"];
const off = { status: "off", detail: "INFERENCE_LOG_BUCKET is not set" } as HealthFacts["dependencies"]["s3"];
const reportedAt = "2026-11-25T11:30:00.000Z";
const model = { name: "m", version: "1", source: "mlflow_registry", engine: "onnx" };
const state = (parts: object) =>
  ({ failure_reason: "why", contract_by: {}, reported_at: reportedAt, ...parts }) as unknown as ServiceState;

it.each<[string, Partial<HealthFacts>, RegExp]>([
  ["nobody predicted yet", { state: undefined }, /^curl .*http:\/\/here\/predict$/],
  ["predict silent", { nowMs: Date.parse("2026-11-25T12:00:00.000Z") }, /^curl .*its log says why$/],
  ["no model", { state: state({}) }, /npm run promote/],
  ["a version that cannot be served", { state: state({ model }) }, /^npm run rollback/],
  [
    "an empty registry",
    { state: state({ model, failure_kind: "NoVersionError" }) },
    /^With the deployment's MLFLOW_TRACKING_URI set: npm run register/,
  ],
  [
    "an empty registry, without the packaged model",
    { state: state({ failure_kind: "NoVersionError" }) },
    /^With the deployment's MLFLOW_TRACKING_URI set: npm run register/,
  ],
  ["a model that fails", { state: state({ model, model_fails: true }) }, /^npm run rollback/],
  ["a registry that is gone", { state: state({ model, registry_unreachable: true }) }, /^npm start$/],
  ["files that did not come", { state: state({ model, not_fetched: true }) }, /^npm start$/],
  ["MLflow down", { dependencies: { mlflow: unreachable, s3: reachable } }, /^npm start$/],
  ["S3 down", { dependencies: { mlflow: reachable, s3: unreachable } }, /^npm start$/],
  ["no log", { dependencies: { mlflow: reachable, s3: off } }, /INFERENCE_LOG_BUCKET/],
  ["S3 takes nothing", { log: { status: "unreachable", dropped: 0 } }, /^Make room/],
  ["lost records", { log: { status: "reachable", dropped: 3 } }, /stay missing in the log/],
  ["an account that may not write", { run: { denied: true } }, /MANAGE on the experiment/],
])("names a command against each problem of /health: %s", (_, facts, remedy) => {
  const sound = state({ model, failure_reason: undefined });
  const { problems } = judgeHealth({
    state: sound,
    dependencies: { mlflow: reachable, s3: reachable },
    log: { status: "reachable", dropped: 0 },
    nowMs: Date.parse(reportedAt),
    run: {},
    ...facts,
  });
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) expect(findRemedy(problem, "http://here/", "npm start")).toMatch(remedy);
});
