import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  type MockInstance,
  vi,
} from "vitest";
import { run as keys } from "../../../../scripts/keys.ts";
import { dayLengthMs } from "../../../../shared/time/durations.ts";
import { startSmallS3 } from "../../../support/small-s3.ts";

const nowMs = Date.parse("2026-11-28T12:00:00.000Z");
let s3: Awaited<ReturnType<typeof startSmallS3>>;
let print: MockInstance<typeof console.log>;
beforeAll(async () => {
  s3 = await startSmallS3();
});
afterAll(() => s3.stop());
beforeEach(() => {
  s3.objects.clear();
  for (const [name, value] of Object.entries(s3.environment)) vi.stubEnv(name, value);
  vi.stubEnv("INFERENCE_LOG_BUCKET", "log");
  vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
  print = vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function ask(operands: string[], options: { days?: number; rate?: number } = {}) {
  const values = { days: undefined, rate: undefined, stage: undefined, json: true, ...options };
  await keys({ values, operands }, "keys");
  return JSON.parse(String(print.mock.lastCall?.[0]));
}
const inDays = (days: number) => new Date(nowMs + days * dayLengthMs).toISOString();

describe("keys add", () => {
  it("makes a key for 90 days, with the rate of all", async () => {
    await ask(["add", "clinic"]);
    const [key] = await ask(["list"]);
    expect(key).toMatchObject({ name: "clinic", created_at: inDays(0), expires_at: inDays(90) });
    expect(key).not.toHaveProperty("requests_per_second");
  });

  it("obeys --days and --rate", async () => {
    expect((await ask(["add", "clinic"], { days: 10, rate: 3 })).expires_at).toBe(inDays(10));
    expect(await ask(["list"])).toMatchObject([{ expires_at: inDays(10), requests_per_second: 3 }]);
  });

  it("removes the keys that have expired, whoever's they are", async () => {
    await ask(["add", "old"], { days: 1 });
    await ask(["add", "lasting"], { days: 2 });
    vi.setSystemTime(nowMs + dayLengthMs);
    await ask(["add", "new"]);
    expect((await ask(["list"])).map(({ name }: { name: string }) => name)).toEqual(["lasting", "new"]);
  });
});

describe("keys rotate", () => {
  it("ends the old keys in a week, none later than before, and nobody else's", async () => {
    await ask(["add", "clinic"], { days: 3 });
    await ask(["add", "clinic"]);
    await ask(["add", "other"]);
    await ask(["rotate", "clinic"]);
    const ends = (await ask(["list"])).map((key: { expires_at: string }) => key.expires_at);
    expect(ends).toEqual([inDays(3), inDays(7), inDays(90), inDays(90)]);
  });
});

describe("a name without a key", () => {
  it.each(["rotate", "revoke"])("is refused by %s, and nothing changes", async (action) => {
    await ask(["add", "clinic"]);
    const before = new Map(s3.objects);
    await expect(ask([action, "clinik"])).rejects.toThrow(
      "Expected a name that has a key but received clinik",
    );
    expect(s3.objects).toEqual(before);
  });
});
