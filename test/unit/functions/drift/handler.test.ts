import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { handler as driftHandler } from "../../../../functions/drift/handler.ts";
import { createLogKey } from "../../../../shared/inference-log/log-keys.ts";
import { renderLogLine } from "../../../../shared/inference-log/log-lines.ts";
import { dayLengthMs } from "../../../../shared/time/durations.ts";
import { createLambdaContext } from "../../../support/http-events.ts";
import { createPredictionRecords } from "../../../support/prediction-records.ts";
import { startSmallS3 } from "../../../support/small-s3.ts";

const lastHourMs = Date.parse("2026-11-28T14:00:00Z");
let s3: Awaited<ReturnType<typeof startSmallS3>>;
let handler: typeof driftHandler;
let messages = 0;
const webhook = createServer((_, response) => {
  messages += 1;
  response.end();
});

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: lastHourMs + 600_000 });
  s3 = await startSmallS3();
  await once(webhook.listen(0, "127.0.0.1"), "listening");
  const environment = {
    ...s3.environment,
    INFERENCE_LOG_BUCKET: "log",
    ENABLE_MLFLOW_TRACKING: "false",
    ENABLE_MODEL_REGISTRY: "false",
    LOG_LEVEL: "CRITICAL",
    DRIFT_ALERT_WEBHOOK: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  ({ handler } = await import("../../../../functions/drift/handler.ts"));
});
afterAll(() => {
  s3.stop();
  webhook.close();
});

/** A log of 60 unsure answers, up to ten minutes before the last full hour. */
beforeEach(() => {
  const newestMs = lastHourMs - 600_000;
  const records = createPredictionRecords(60, (index) => ({
    timestamp_ms: newestMs - index * 1_000,
    confidence: 40,
  }));
  const key = createLogKey("", { newestMs, sessionId: "s", sequence: 1, predictions: 60 });
  s3.objects.clear();
  s3.objects.set(`log/${key}`, Buffer.from(records.map(renderLogLine).join("")));
  messages = 0;
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs the job as a schedule would. */
async function invoke(event: unknown) {
  let written = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    written += chunk;
    return true;
  });
  const outcome = await handler(event, createLambdaContext());
  vi.restoreAllMocks();
  const name = [...s3.objects.keys()].find((key) => key.endsWith("drift-report.json")) ?? "";
  const report = JSON.parse(String(s3.objects.get(name)));
  return { outcome, report, written, parts: outcome.parts.map((part) => part.name) };
}

it("the frequent schedule's drift alerts, is counted, and the log is maintained", async () => {
  const { outcome, report, written, parts } = await invoke({ source: "aws.events" });
  expect(outcome.verdict).toBe("drift");
  expect(report.window.selection).toMatchObject({ count: 100, from_ms: null, to_ms: null });
  expect(messages).toBe(1);
  expect(written).toContain('"drift_detected":1');
  expect(parts).toContain("maintain_inference_log");
});

it("the daily schedule's report is of whole hours, and drift in it alerts nobody and changes no alarm's metric", async () => {
  const { outcome, report, written, parts } = await invoke({ window: "day" });
  expect(outcome.verdict).toBe("drift");
  expect(report.window.selection).toMatchObject({
    count: null,
    from_ms: lastHourMs - dayLengthMs,
    to_ms: lastHourMs,
  });
  expect(messages).toBe(0);
  expect(written).not.toContain("drift_detected");
  expect(written).toContain("drift_job_failed_parts");
  expect(parts).not.toContain("maintain_inference_log");
});
