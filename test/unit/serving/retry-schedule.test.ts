import { expect, it } from "vitest";
import { createRetrySchedule } from "../../../shared/serving/retry-schedule.ts";

const intervalMs = 60_000;

it("waits twice the interval, then twice as long each time, at most an hour", () => {
  let nowMs = 0;
  const schedule = createRetrySchedule(intervalMs, () => nowMs);
  expect(schedule.isDue("a")).toBe(true);
  expect(schedule.failed("a", "version")).toBe(true);
  const pauses = [2, 4, 8, 16, 32, 60, 60].map((minutes) => minutes * 60_000);
  for (const pauseMs of pauses) {
    nowMs += pauseMs - 1;
    expect(schedule.isDue("a")).toBe(false);
    nowMs += 1;
    expect(schedule.isDue("a")).toBe(true);
    expect(schedule.failed("a", "version")).toBe(false);
  }
});

it("tries again at once what a server did not give, and waits no longer for it later", () => {
  let nowMs = 0;
  const schedule = createRetrySchedule(intervalMs, () => nowMs);
  expect(schedule.failed("a", "server")).toBe(true);
  expect(schedule.failed("a", "server")).toBe(false);
  expect(schedule.isDue("a")).toBe(true);
  expect(schedule.failed("a", "version")).toBe(false);
  nowMs += 2 * intervalMs - 1;
  expect(schedule.isDue("a")).toBe(false);
  nowMs += 1;
  expect(schedule.isDue("a")).toBe(true);
});

it("rests for an interval from the third time in a row on that a server did not give it", () => {
  let nowMs = 0;
  const schedule = createRetrySchedule(intervalMs, () => nowMs);
  schedule.failed("a", "server");
  schedule.failed("a", "server");
  schedule.failed("a", "version");
  nowMs += 2 * intervalMs;
  for (let failure = 1; failure <= 4; failure += 1) {
    expect(schedule.isDue("a")).toBe(true);
    schedule.failed("a", "server");
    if (failure < 3) continue;
    nowMs += intervalMs - 1;
    expect(schedule.isDue("a")).toBe(false);
    nowMs += 1;
  }
});

it("forgets a failure after a success, and counts each on its own", () => {
  const schedule = createRetrySchedule(intervalMs, () => 0);
  schedule.failed("a", "version");
  expect(schedule.isDue("b")).toBe(true);
  schedule.succeeded("a");
  expect(schedule.isDue("a")).toBe(true);
  expect(schedule.failed("a", "version")).toBe(true);
});

it("remembers the twenty that failed last", () => {
  const schedule = createRetrySchedule(intervalMs, () => 0);
  for (let index = 0; index < 20; index += 1) schedule.failed(`version ${index}`, "version");
  schedule.failed("version 0", "version");
  schedule.failed("version 20", "version");
  expect(schedule.isDue("version 0")).toBe(false);
  expect(schedule.isDue("version 1")).toBe(true);
  expect(schedule.isDue("version 2")).toBe(false);
});
