import { describe, expect, it } from "vitest";
import { createProbe } from "../../../../functions/health/probe.ts";

/** A probe whose server does what `answers` says, in turn, with a clock of its own. */
function prepare(answers: (() => Promise<string>)[]) {
  const clock = { nowMs: Date.parse("2026-11-25T12:00:00Z") };
  const failures: unknown[] = [];
  let asked = 0;
  const probe = createProbe(
    () => {
      const answer = answers[asked];
      asked += 1;
      if (answer === undefined) throw new Error("asked too often");
      return answer();
    },
    {
      keepMs: 5_000,
      timeoutMs: 20,
      onFailure: (error) => failures.push(error),
      now: () => clock.nowMs,
    },
  );
  return { probe, clock, failures, asked: () => asked };
}

const fail = (error: Error) => async () => {
  throw error;
};

describe("createProbe", () => {
  it("says that the server answered, and what", async () => {
    const { probe } = prepare([async () => "state"]);
    expect(await probe()).toEqual({
      dependency: {
        status: "reachable",
        response_time_ms: expect.any(Number),
        checked_at: "2026-11-25T12:00:00.000Z",
      },
      value: "state",
    });
  });

  it("asks once for all who come at once or soon after, and again later", async () => {
    const { probe, clock, asked } = prepare([async () => "first", async () => "second"]);
    const outcomes = await Promise.all([probe(), probe(), probe()]);
    clock.nowMs += 4_999;
    outcomes.push(await probe());
    expect(outcomes.map((outcome) => outcome.value)).toEqual(["first", "first", "first", "first"]);
    expect(asked()).toBe(1);
    clock.nowMs += 1;
    expect(await probe()).toMatchObject({ value: "second" });
  });

  it("measures the time also while the clock is set back", async () => {
    const { probe, clock } = prepare([
      async () => {
        clock.nowMs -= 3_600_000;
        return "state";
      },
    ]);
    const { dependency } = await probe();
    expect(dependency.response_time_ms).toBeGreaterThanOrEqual(0);
    expect(dependency.response_time_ms).toBeLessThan(1_000);
  });

  it("asks again when the clock was set back by an hour", async () => {
    const { probe, clock } = prepare([async () => "first", async () => "second"]);
    await probe();
    clock.nowMs -= 3_600_000;
    expect(await probe()).toMatchObject({ value: "second" });
  });

  it("keeps a failure as long as a success, and what was known before it", async () => {
    const { probe, clock, asked } = prepare([async () => "known", fail(new Error("down"))]);
    await probe();
    clock.nowMs += 5_000;
    expect(await probe()).toMatchObject({ dependency: { status: "unreachable" }, value: "known" });
    await probe();
    expect(asked()).toBe(2);
  });

  it("recovers", async () => {
    const { probe, clock } = prepare([fail(new Error("down")), async () => "back"]);
    expect(await probe()).toMatchObject({ dependency: { status: "unreachable" }, value: undefined });
    clock.nowMs += 5_000;
    expect(await probe()).toMatchObject({ dependency: { status: "reachable" }, value: "back" });
  });

  it("does not wait for a server that hangs", async () => {
    const { probe } = prepare([() => new Promise(() => {})]);
    expect(await probe()).toMatchObject({
      dependency: { status: "unreachable", response_time_ms: null, detail: "No answer within 20 ms" },
    });
  });

  it("tells callers the kind of failure only, and the log all of it", async () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED 10.0.0.7:8333"), { code: "ECONNREFUSED" });
    const error = new Error("S3 GetObject of s3://secret-bucket/key failed", { cause });
    const { probe, failures } = prepare([fail(error)]);
    const { dependency } = await probe();
    expect(dependency.detail).toBe("ECONNREFUSED");
    expect(failures).toEqual([error]);
  });

  it.each([
    [Object.assign(new Error("refused"), { errorCode: "PERMISSION_DENIED" }), "PERMISSION_DENIED"],
    [
      Object.assign(new Error("away", { cause: new Error("bad port") }), { errorCode: "CONNECTION_FAILED" }),
      "CONNECTION_FAILED",
    ],
    [new Error("S3 failed", { cause: Object.assign(new Error(), { name: "AccessDenied" }) }), "AccessDenied"],
    [new Error("S3 failed", { cause: new DOMException("took too long", "TimeoutError") }), "TimeoutError"],
    [new TypeError("anything else"), "TypeError"],
  ])("names the kind of failure: %s", async (error, kind) => {
    expect((await prepare([fail(error)]).probe()).dependency.detail).toBe(kind);
  });

  it("counts an error thrown at once as a failure", async () => {
    const { probe } = prepare([]);
    expect(await probe()).toMatchObject({ dependency: { status: "unreachable" } });
  });
});
