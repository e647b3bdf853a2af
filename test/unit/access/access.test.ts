import { describe, expect, it } from "vitest";
import { createAuthorize } from "../../../functions/authorize/authorize.ts";
import { createKey, findKey, type StoredKey } from "../../../shared/access/api-key.ts";
import { createKeyCache } from "../../../shared/access/key-cache.ts";
import { changeKeys, keyFile, readKeys } from "../../../shared/access/key-store.ts";
import { createThrottle } from "../../../shared/access/throttle.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";

const nowMs = Date.parse("2026-11-28T12:00:00.000Z");
const hourMs = 3_600_000;
const make = (name: string, hours = 1) => createKey({ name, nowMs, expiresAtMs: nowMs + hours * hourMs });
const clinic = make("clinic");
const next = make("clinic");
const other = make("other");

describe("a key", () => {
  const keys = [clinic.stored, next.stored, other.stored];

  it("is found whole and while it is valid, whichever of its caller's keys it is", () => {
    expect(findKey(keys, clinic.text, nowMs)?.id).toBe(clinic.stored.id);
    expect(findKey(keys, next.text, nowMs)?.id).toBe(next.stored.id);
    expect(findKey(keys, other.text, nowMs + hourMs - 1)?.name).toBe("other");
  });

  it.each([
    ["expired", clinic.text, nowMs + hourMs],
    ["cut off", clinic.text.slice(0, -1), nowMs],
    ["of another", make("clinic").text, nowMs],
    ["its hash", clinic.stored.sha256, nowMs],
    ["empty", "", nowMs],
  ])("is refused when it is %s", (_, text, atMs) => {
    expect(findKey(keys, text, atMs)).toBeUndefined();
  });

  it("is kept as a hash alone", () => {
    expect(JSON.stringify(clinic.stored)).not.toContain(clinic.text.slice("fundus_12345678_".length));
  });
});

describe("the file of keys", () => {
  const place = () => ({ store: createMemoryStore(), bucket: "log", prefix: "a/" });

  it("is empty until somebody creates a key, and keeps both of two changes at once", async () => {
    const location = place();
    expect(await readKeys(location)).toEqual([]);
    await Promise.all([clinic, other].map(({ stored }) => changeKeys(location, (keys) => [...keys, stored])));
    expect((await readKeys(location)).map(({ name }) => name).sort()).toEqual(["clinic", "other"]);
  });

  it("that holds something else is reported, and not overwritten", async () => {
    const location = place();
    location.store.objects.set(keyFile("a/"), "{}");
    await expect(changeKeys(location, () => [])).rejects.toThrow("s3://log/a/access/keys.json to hold keys");
  });
});

describe("keys in memory", () => {
  function createCache(answers: (StoredKey[] | Error)[]) {
    const clock = { nowMs };
    const log = createRecordedLog();
    const read = async () => {
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error("asked too often");
      return answer;
    };
    return { clock, log, keys: createKeyCache({ read, log, now: () => clock.nowMs }) };
  }

  it("are read anew after half a minute, so that a revoked key ends", async () => {
    const { clock, keys } = createCache([[clinic.stored], []]);
    expect(await keys()).toHaveLength(1);
    clock.nowMs += 29_000;
    expect(await keys()).toHaveLength(1);
    clock.nowMs += 2_000;
    expect(await keys()).toEqual([]);
  });

  it("still count while S3 fails, and nobody is let in before they were read once", async () => {
    const { clock, log, keys } = createCache([new Error("S3 is away"), [clinic.stored], new Error("again")]);
    await expect(keys()).rejects.toThrow("S3 is away");
    await keys();
    clock.nowMs += 31_000;
    expect(await keys()).toHaveLength(1);
    expect(log.lines.at(-1)).toMatchObject({ level: "warn" });
  });

  it("are read again only half a minute after a read that failed", async () => {
    const failures = [new Error("first"), new Error("second")];
    const { clock, log, keys } = createCache([[clinic.stored], ...failures]);
    await keys();
    for (const secondsLater of [31, 1, 28, 2]) {
      clock.nowMs += secondsLater * 1_000;
      await keys();
    }
    expect(log.lines.map(({ level }) => level)).toEqual(["warn", "warn"]);
  });
});

describe("calls per second", () => {
  it("are counted by caller: twice the rate at once, then the rate", () => {
    const clock = { nowMs };
    const { take } = createThrottle(() => clock.nowMs);
    const takeMany = (caller: string, count: number) =>
      Array.from({ length: count }, () => take(caller, 5)).filter(Boolean).length;
    expect(takeMany("clinic", 50)).toBe(10);
    expect(takeMany("other", 3)).toBe(3);
    clock.nowMs += 1_000;
    expect(takeMany("clinic", 50)).toBe(5);
  });

  it("go on when the clock is set back", () => {
    const clock = { nowMs };
    const { take } = createThrottle(() => clock.nowMs);
    take("clinic", 5);
    clock.nowMs -= 3_600_000;
    expect(take("clinic", 5)).toBe(true);
  });
});

describe("the authorizer of keys", () => {
  const event = (key?: string) =>
    ({ headers: key === undefined ? {} : { "x-api-key": key } }) as Parameters<
      ReturnType<typeof createAuthorize>
    >[0];
  const authorize = createAuthorize({
    readKeys: async () => [clinic.stored, next.stored, { ...other.stored, requests_per_second: 1 }],
    throttle: createThrottle(() => nowMs),
    requestsPerSecond: 100,
    log: createRecordedLog(),
    now: () => nowMs,
  });

  it("names the caller", async () => {
    expect(await authorize(event(clinic.text))).toEqual({
      isAuthorized: true,
      context: { principal: "clinic", key_id: clinic.stored.id, too_often: "false" },
    });
  });

  it.each([
    ["none", undefined],
    ["an unknown one", make("clinic").text],
  ])("refuses %s", async (_, key) => {
    expect(await authorize(event(key))).toEqual({ isAuthorized: false });
  });

  it("notes who asks more often than the key may", async () => {
    const answers = [];
    for (let i = 0; i < 3; i += 1) answers.push((await authorize(event(other.text))).context?.too_often);
    expect(answers).toEqual(["false", "false", "true"]);
  });

  it("counts all keys of a caller together, by the rate of all where they have none of their own", async () => {
    const authorize = createAuthorize({
      readKeys: async () => [clinic.stored, next.stored],
      throttle: createThrottle(() => nowMs),
      requestsPerSecond: 1,
      log: createRecordedLog(),
      now: () => nowMs,
    });
    const answers = [];
    for (const { text } of [clinic, next, clinic, next])
      answers.push((await authorize(event(text))).context?.too_often);
    expect(answers).toEqual(["false", "false", "true", "true"]);
  });
});
