import { expect, it } from "vitest";
import { createCircuitBreaker } from "../../../shared/resilience/circuit-breaker.ts";

it("opens with the first failure, waits longer with each, and closes with a success", () => {
  let timeMs = 0;
  const breaker = createCircuitBreaker({ now: () => timeMs, firstPauseMs: 100, longestPauseMs: 350 });
  expect(breaker.isOpen()).toBe(false);
  expect(breaker.isTryDue()).toBe(true);

  expect(breaker.fail()).toBe(true);
  expect(breaker.isOpen()).toBe(true);
  expect(breaker.pauseMs()).toBe(100);
  timeMs = 100;
  expect(breaker.isTryDue()).toBe(true);

  expect(breaker.fail()).toBe(false);
  expect(breaker.pauseMs()).toBe(200);
  breaker.fail();
  breaker.fail();
  expect(breaker.pauseMs()).toBe(350);

  timeMs -= 3_600_000;
  expect(breaker.isTryDue(), "although the clock was set back").toBe(true);

  expect(breaker.succeed()).toBe(true);
  expect(breaker.succeed()).toBe(false);
  expect(breaker.pauseMs()).toBe(0);
});
