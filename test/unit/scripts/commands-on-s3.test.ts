import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  expect,
  it,
  type MockInstance,
  onTestFinished,
  vi,
} from "vitest";
import { run as drift } from "../../../scripts/drift.ts";
import { run as forget } from "../../../scripts/forget.ts";
import { run as keys } from "../../../scripts/keys.ts";
import { run as labels } from "../../../scripts/labels.ts";
import { createLogKey } from "../../../shared/inference-log/log-keys.ts";
import { renderLogLine } from "../../../shared/inference-log/log-lines.ts";
import { createPredictionId } from "../../../shared/schemas/prediction-id.ts";
import { createPredictionRecord } from "../../support/prediction-records.ts";
import { startSmallS3 } from "../../support/small-s3.ts";

let s3: Awaited<ReturnType<typeof startSmallS3>>;
let print: MockInstance<typeof console.log>;
let complain: MockInstance<typeof console.error>;
beforeAll(async () => {
  s3 = await startSmallS3();
});
afterAll(() => s3.stop());
beforeEach(() => {
  s3.objects.clear();
  for (const [name, value] of Object.entries(s3.environment)) vi.stubEnv(name, value);
  // What the commands read and write here is the service's own, wherever MLflow keeps its artifacts.
  vi.stubEnv("MLFLOW_S3_ENDPOINT_URL", "http://127.0.0.1:9");
  vi.stubEnv("INFERENCE_LOG_BUCKET", "log");
  vi.stubEnv("ENABLE_MLFLOW_TRACKING", "false");
  vi.stubEnv("ENABLE_MODEL_REGISTRY", "false");
  print = vi.spyOn(console, "log").mockImplementation(() => {});
  complain = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const there = "019ac2fb-c4d8-7b51-9a55-0c3a5b0f6c11";
const absent = "019ac2fb-c4d8-7b51-9a55-0c3a5b0f6c12";

it("forget says where it looked and what was not there", async () => {
  vi.stubEnv("PHOTOGRAPH_BUCKET", "prod-photographs");
  vi.stubEnv("MLFLOW_TRACKING_URI", undefined);
  s3.objects.set(`prod-photographs/kept/${there}.png`, Buffer.from("pixels"));
  await forget({ values: { json: undefined }, operands: [there, absent] }, "forget");
  expect(print.mock.calls.flat()).toEqual([
    `In s3://prod-photographs at ${s3.environment.AWS_ENDPOINT_URL_S3}:`,
    `${there}: its photograph was deleted`,
    `${absent}: there was no photograph, nothing was deleted`,
  ]);
  expect(s3.objects).toEqual(new Map());
});

it("keys answers every action in JSON where it is asked to", async () => {
  const values = { days: 90, rate: undefined, stage: undefined, json: true };
  const ask = async (...operands: string[]) => {
    await keys({ values, operands }, "keys");
    return JSON.parse(String(print.mock.lastCall?.[0]));
  };
  const added = await ask("add", "clinic");
  expect(added).toEqual({
    name: "clinic",
    id: expect.any(String),
    expires_at: expect.any(String),
    key: expect.stringMatching(/^fundus_/),
  });
  const rotated = await ask("rotate", "clinic");
  expect(rotated.key).not.toBe(added.key);
  expect(await ask("list")).toMatchObject([{ id: added.id }, { id: rotated.id }]);
  expect(await ask("revoke", "clinic")).toEqual({ name: "clinic", revoked: [added.id, rotated.id] });
  expect(await ask("list")).toEqual([]);
  await expect(ask("revoke", "clinic")).rejects.toThrow("Expected a name that has a key");
  // A restore tells by it that the keys were revoked and not lost.
  expect(JSON.parse(String(s3.objects.get("log/access/keys.json"))).keys).toMatchObject([
    { id: added.id, expires_at: "1970-01-01T00:00:00.000Z" },
    { id: rotated.id, expires_at: "1970-01-01T00:00:00.000Z" },
  ]);
});

it("labels keeps the photographs that waited, or says why it keeps none", async () => {
  const record = createPredictionRecord(0, { prediction_id: createPredictionId(), timestamp_ms: Date.now() });
  const { prediction_id: id, session_id: sessionId, timestamp_ms: newestMs } = record;
  const key = createLogKey("", { newestMs, sessionId, sequence: 1, predictions: 1 });
  s3.objects.set(`log/${key}`, Buffer.from(renderLogLine(record)));
  const [waiting, kept] = ["waiting", "kept"].map((place) => `clinic-photographs/${place}/${id}.png`) as [
    string,
    string,
  ];
  s3.objects.set(waiting, Buffer.from("pixels"));
  const file = path.join(mkdtempSync(path.join(tmpdir(), "fundus-labels-")), "labels.csv");
  onTestFinished(() => rmSync(path.dirname(file), { recursive: true }));
  writeFileSync(file, `prediction_id,label\n${id},normal\n`);
  const add = (json?: boolean) => labels({ values: { json }, operands: [file] }, "labels");

  vi.stubEnv("PHOTOGRAPH_BUCKET", undefined);
  await add(true);
  expect(JSON.parse(String(print.mock.lastCall?.[0]))).toMatchObject({ added: 1, photographs_kept: null });
  expect(complain.mock.lastCall?.[0]).toContain("because PHOTOGRAPH_BUCKET is not set");
  expect(s3.objects.has(kept)).toBe(false);

  vi.stubEnv("PHOTOGRAPH_BUCKET", "clinic-photographs");
  await add();
  expect(print.mock.lastCall?.[0]).toContain("1 already there. 1 photograph kept that waited for a label.");
  expect([s3.objects.has(waiting), s3.objects.has(kept)]).toEqual([false, true]);
});

it("keys gives a key that replaces another the same lifetime and rate, unless told otherwise", async () => {
  const values = { days: undefined, rate: undefined, stage: undefined, json: true };
  const ask = async (action: string, given: object = {}) => {
    await keys({ values: { ...values, ...given }, operands: [action, "clinic"] }, "keys");
    await keys({ values, operands: ["list"] }, "keys");
    const { created_at, expires_at, requests_per_second } = JSON.parse(String(print.mock.lastCall?.[0])).at(
      -1,
    );
    const days = (Date.parse(expires_at) - Date.parse(created_at)) / 86_400_000;
    return { days, requests_per_second };
  };
  const thirty = { days: 30, requests_per_second: 1 };
  expect(await ask("add", { days: 30, rate: 1 })).toEqual(thirty);
  expect(await ask("rotate")).toEqual(thirty);
  expect(await ask("rotate")).toEqual(thirty);
  expect(await ask("rotate", { days: 60, rate: 2 })).toEqual({ days: 60, requests_per_second: 2 });
  await keys({ values, operands: ["revoke", "clinic"] }, "keys");
  await expect(ask("rotate")).rejects.toThrow("Expected a name that has a key but received clinic");
});

it.each([
  ["a table that is too large to be read", 300e6, /^The oldest windows of that period are missing/],
  ["nothing", undefined, undefined],
])("a replay of %s says whether it is whole", async (_, bytes, said) => {
  const table = "log/inference-log/table/date=2026-11-25/hour=14/145959998-abc-p812.parquet";
  if (bytes !== undefined) s3.objects.set(table, bytes);
  const values = { replay: true, from: "2026-11-25", to: "2026-11-26", json: true };
  await drift({ values: values as Parameters<typeof drift>[0]["values"], operands: [] }, "drift");
  expect(JSON.parse(String(print.mock.lastCall?.[0]))).toEqual([]);
  const complaints = complain.mock.calls.flat().filter((text) => String(text).includes("oldest"));
  expect(complaints).toEqual(said === undefined ? [] : [expect.stringMatching(said)]);
});

it("labels names a file that is not there before it asks for a bucket", async () => {
  vi.stubEnv("INFERENCE_LOG_BUCKET", undefined);
  vi.stubEnv("MLFLOW_TRACKING_URI", undefined);
  await expect(labels({ values: { json: undefined }, operands: ["nowhere.csv"] }, "labels")).rejects.toThrow(
    "Expected a file of labels but nowhere.csv cannot be read",
  );
});
