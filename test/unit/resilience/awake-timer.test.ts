import { beforeEach, expect, it, vi } from "vitest";
import { startAwakeTimer } from "../../../shared/resilience/awake-timer.ts";

let frozenMs = 0;
const late = vi.fn();
const start = (limitMs: number) => startAwakeTimer(limitMs, late, () => Date.now() + frozenMs);

beforeEach(() => {
  vi.useFakeTimers();
  frozenMs = 0;
  late.mockClear();
  return () => vi.useRealTimers();
});

it.each([50, 100, 5_000])("fires once after %i ms", (limitMs) => {
  start(limitMs);
  vi.advanceTimersByTime(limitMs - 1);
  expect(late).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(late).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(10 * limitMs);
  expect(late).toHaveBeenCalledOnce();
});

it("does not count the time of a freeze", () => {
  start(5_000);
  vi.advanceTimersByTime(1_000);
  frozenMs = 3_600_000;
  vi.advanceTimersByTime(3_000);
  expect(late).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(late).toHaveBeenCalledOnce();
});

it("counts the time in which the event loop was held up for a moment", () => {
  start(2_000);
  vi.advanceTimersByTime(1_000);
  frozenMs = 500;
  vi.advanceTimersByTime(500);
  expect(late).toHaveBeenCalledOnce();
});

it("does not fire once it was stopped", () => {
  start(1_000)();
  vi.advanceTimersByTime(2_000);
  expect(late).not.toHaveBeenCalled();
});
