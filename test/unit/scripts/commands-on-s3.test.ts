import { afterAll, afterEach, beforeAll, beforeEach, expect, it, type MockInstance, vi } from "vitest";
import { run as drift } from "../../../scripts/drift.ts";
import { run as forget } from "../../../scripts/forget.ts";
import { run as keys } from "../../../scripts/keys.ts";
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
  vi.stubEnv("INFERENCE_LOG_BUCKET", "log");
  vi.stubEnv("ENABLE_MLFLOW_TRACKING", "false");
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
  s3.objects.set(`prod-photographs/waiting/${there}.png`, Buffer.from("pixels"));
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
