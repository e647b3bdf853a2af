import type { Context } from "aws-lambda";
import { describe, expect, it, vi } from "vitest";
import { createScheduledHandler } from "../../../shared/runtime/scheduled-handler.ts";
import { createLambdaContext } from "../../support/http-events.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";

function createHandler(run: (event: unknown, context: Context) => Promise<unknown>) {
  const log = createRecordedLog();
  const answered = vi.fn(async () => {});
  const handler = createScheduledHandler({
    job: "drift",
    run,
    log,
    afterResponse: { run: () => {}, answered },
  });
  return { handler, log, answered };
}

describe("a scheduled job", () => {
  it("gives its outcome and lets the work after it start", async () => {
    const { handler, log, answered } = createHandler(async () => "verdict");
    expect(await handler({}, createLambdaContext({ requestId: "request-1" }))).toBe("verdict");
    expect(answered).toHaveBeenCalledWith("request-1");
    expect(log.lines).toMatchObject([{ level: "info", details: { job: "drift" } }]);
  });

  it("knows what the schedule sent and how much time is left", async () => {
    const { handler } = createHandler(async (event, context) => [event, context.getRemainingTimeInMillis()]);
    expect(await handler({ job: "warm" }, createLambdaContext({ remainingMs: 7 }))).toEqual([
      { job: "warm" },
      7,
    ]);
  });

  it("fails aloud, so that Lambda counts it", async () => {
    const { handler, log, answered } = createHandler(() => Promise.reject(new Error("no log")));
    await expect(handler({}, createLambdaContext())).rejects.toThrow("no log");
    expect(answered).toHaveBeenCalledOnce();
    expect(log.lines).toMatchObject([{ level: "error", details: { job: "drift" } }]);
  });
});
