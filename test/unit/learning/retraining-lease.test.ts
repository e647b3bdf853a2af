import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRetrainingLease, leaseMs } from "../../../shared/learning/retraining-lease.ts";
import { type RetrainingState, readRetrainingState } from "../../../shared/learning/retraining-state.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

const state: RetrainingState = {
  attempt: "0d7544ff-622c-435e-8f8a-79a82a0995c7",
  reason: "By hand",
  started_ms: 0,
  lease_until_ms: 0,
  phase: "training",
  labels_until_ms: 0,
  drift_episode: null,
};

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a training's lease", () => {
  it("is taken by one of two", async () => {
    const location = { store: createMemoryStore(), bucket: "log", prefix: "" };
    const take = () => createRetrainingLease(location, state, { ifAbsent: true });
    const taken = await Promise.all([take(), take()]);
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it("is renewed while the process lives, and given back with what came of it", async () => {
    const location = { store: createMemoryStore(), bucket: "log", prefix: "" };
    const lease = await createRetrainingLease(location, state, { ifAbsent: true });
    await vi.advanceTimersByTimeAsync(leaseMs);
    const { state: renewed, condition } = await readRetrainingState(location);
    expect(renewed?.lease_until_ms).toBe(Date.now() + leaseMs);
    await lease?.end({ phase: "done", version: "7", outcome: "challenger" });
    const { state: ended } = await readRetrainingState(location);
    expect(ended).toMatchObject({ phase: "done", version: "7", lease_until_ms: Date.now() });
    await vi.advanceTimersByTimeAsync(leaseMs);
    expect((await readRetrainingState(location)).state).toEqual(ended);
    expect(condition).not.toEqual({ ifAbsent: true });
  });

  it("is renewed and given back although the answer to a renewal is lost", async () => {
    const store = createMemoryStore();
    const location = { store, bucket: "log", prefix: "" };
    const put = store.putObject;
    const loseOneAnswer = () => {
      store.putObject = async (...write) => {
        store.putObject = put;
        await put(...write);
        throw new Error("the connection broke");
      };
    };
    const lease = await createRetrainingLease(location, state, { ifAbsent: true });
    loseOneAnswer();
    await vi.advanceTimersByTimeAsync(2 * 60_000);
    expect((await readRetrainingState(location)).state?.lease_until_ms).toBe(Date.now() + leaseMs);
    loseOneAnswer();
    await vi.advanceTimersByTimeAsync(60_000);
    await lease?.end({ phase: "done", version: "7" });
    expect((await readRetrainingState(location)).state).toMatchObject({ phase: "done", version: "7" });
  });

  it("is not taken back from a process that has taken over the same training", async () => {
    const location = { store: createMemoryStore(), bucket: "log", prefix: "" };
    const first = await createRetrainingLease(location, state, { ifAbsent: true });
    const { state: interrupted, condition } = await readRetrainingState(location);
    await createRetrainingLease(location, interrupted ?? state, condition);
    const { state: taken } = await readRetrainingState(location);
    await first?.end({ phase: "failed" });
    expect((await readRetrainingState(location)).state).toEqual(taken);
  });

  it("survives a minute without S3", async () => {
    const store = createMemoryStore();
    const location = { store, bucket: "log", prefix: "" };
    await createRetrainingLease(location, state, { ifAbsent: true });
    const put = store.putObject;
    store.putObject = () => Promise.reject(new Error("S3 is down"));
    await vi.advanceTimersByTimeAsync(60_000);
    store.putObject = put;
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await readRetrainingState(location)).state?.lease_until_ms).toBe(Date.now() + leaseMs);
  });
});
