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
