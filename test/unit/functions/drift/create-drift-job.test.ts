import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { createDriftJob } from "../../../../functions/drift/create-drift-job.ts";
import { loadDriftSettings } from "../../../../scripts/drift/load-drift-settings.ts";
import { lastPredictions } from "../../../../shared/drift/drift-report.ts";
import { createLogKey } from "../../../../shared/inference-log/log-keys.ts";
import { renderLogLine } from "../../../../shared/inference-log/log-lines.ts";
import { createPredictionRecords } from "../../../support/prediction-records.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";
import { startSmallS3 } from "../../../support/small-s3.ts";

let s3: Awaited<ReturnType<typeof startSmallS3>>;
const asked: string[] = [];
/** An MLflow that has no model. */
const mlflow = createServer((request, response) => {
  asked.push(`${request.method} ${new URL(request.url ?? "", "http://mlflow.test").pathname}`);
  response.writeHead(404, { "content-type": "application/json" });
  response.end('{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no such version"}');
});

beforeAll(async () => {
  s3 = await startSmallS3();
  await once(mlflow.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => {
  s3.stop();
  mlflow.close();
  mlflow.closeAllConnections();
  vi.unstubAllEnvs();
});
beforeEach(() => {
  s3.objects.clear();
  asked.length = 0;
});

const keptReference = "log/drift-reference/versions/";

/** Runs the job with MLflow's tracking off. */
async function analyse(enableRegistry: boolean) {
  const environment = {
    ...s3.environment,
    INFERENCE_LOG_BUCKET: "log",
    MLFLOW_TRACKING_URI: `http://127.0.0.1:${(mlflow.address() as AddressInfo).port}`,
    ENABLE_MLFLOW_TRACKING: "false",
    ENABLE_MODEL_REGISTRY: String(enableRegistry),
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const newestMs = Date.now();
  const records = createPredictionRecords(60, (index) => ({ timestamp_ms: newestMs - index * 1_000 }));
  const key = createLogKey("", { newestMs, sessionId: "s", sequence: 1, predictions: 60 });
  s3.objects.set(`log/${key}`, Buffer.from(records.map(renderLogLine).join("")));
  const job = createDriftJob({
    settings: loadDriftSettings(),
    ...{ log: createRecordedLog(), maintains: false, emitReportMetrics() {}, emitJobMetrics() {} },
  });
  const { report } = await job(lastPredictions(100));
  const isKept = [...s3.objects.keys()].some((name) => name.startsWith(keptReference));
  return { note: report?.reference_note, isKept };
}

it("looks for the version's reference in the registry, and writes nothing there, when tracking is off", async () => {
  expect(await analyse(true)).toEqual({
    note: expect.stringContaining("carries no reference"),
    isKept: true,
  });
  expect(asked).toEqual(["GET /api/2.0/mlflow/model-versions/get"]);
});

it("keeps nothing about the version's reference when the registry is off, where nobody has looked", async () => {
  expect(await analyse(false)).toEqual({ note: expect.stringContaining("switched off"), isKept: false });
  expect(asked).toEqual([]);
});
