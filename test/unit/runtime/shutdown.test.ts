import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { onShutdown } from "../../../shared/runtime/shutdown.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";

const exit = vi.spyOn(process, "exit").mockImplementation((() => {}) as never);
afterEach(() => {
  exit.mockClear();
  process.removeAllListeners("SIGTERM");
});

describe("at SIGTERM", () => {
  const log = createRecordedLog();

  it("does the work, then ends the environment", async () => {
    const work = vi.fn(() => sleep(10));
    onShutdown(work, log);
    process.emit("SIGTERM");
    expect(work).toHaveBeenCalledOnce();
    expect(exit).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(0), { timeout: 10_000 });
  });

  it("ends the environment after 450 ms although the work hangs, and not earlier", async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    onShutdown(() => new Promise(() => {}), log);
    process.emit("SIGTERM");
    await vi.advanceTimersByTimeAsync(449);
    expect(exit).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(exit).toHaveBeenCalledWith(0);
  });

  it("logs work that fails", async () => {
    onShutdown(() => Promise.reject(new Error("MLflow is down")), log);
    process.emit("SIGTERM");
    await vi.waitFor(() => expect(log.lines).toHaveLength(1), { timeout: 10_000 });
    expect(log.lines[0]).toMatchObject({ level: "error", message: "Work at shutdown failed" });
  });
});
