import { describe, expect, it, vi } from "vitest";
import { runSchedule } from "../../../../../scripts/stack/processes/run-schedule.ts";
import { hourLengthMs } from "../../../../../shared/time/durations.ts";

it("works at once and every so many hours, also after a time at which it failed, until it is stopped", async () => {
  const stopping = new AbortController();
  const startedMs: number[] = [];
  const failures: unknown[] = [];
  await runSchedule({
    everyHours: 0.00001, // 36 ms
    async work() {
      startedMs.push(performance.now());
      if (startedMs.length === 3) stopping.abort();
      if (startedMs.length === 1) throw new Error("the disk is full");
    },
    onFailure: (error) => failures.push(error),
    signal: stopping.signal,
  });
  const [first = 0, second = 0, third = 0] = startedMs;
  expect(startedMs).toHaveLength(3);
  for (const restMs of [second - first, third - second]) expect(restMs).toBeGreaterThan(30);
  expect(failures).toEqual([new Error("the disk is full")]);
});

it("goes on when the clock is set back while it waits", async () => {
  const realNow = Date.now;
  let offsetMs = 0;
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + offsetMs);
  let runs = 0;
  await runSchedule({
    everyHours: 0.00001, // 36 ms
    work: async () => {
      runs += 1;
      setTimeout(() => (offsetMs -= hourLengthMs), 5);
    },
    onFailure: () => {},
    signal: AbortSignal.timeout(300),
  });
  vi.restoreAllMocks();
  expect(runs).toBeGreaterThan(2);
});

describe("where the next time is far away, or was before this process", () => {
  /** How often the work is done within 200 ms. */
  async function countRuns(everyHours: number, lastMs?: number) {
    let runs = 0;
    await runSchedule({
      everyHours,
      lastMs,
      work: async () => {
        runs += 1;
      },
      onFailure: () => {},
      signal: AbortSignal.timeout(200),
    });
    return runs;
  }
  const hoursAgo = (hours: number) => Date.now() - hours * hourLengthMs;

  it.each([
    ["waits for a month, which is more than one timer can", 720, undefined, 1],
    ["waits for the rest of a day since it was done last", 24, hoursAgo(23.9), 0],
    ["does not wait where it was done long ago", 24, hoursAgo(1000), 1],
    ["works once the rest is over", 24, hoursAgo(24) + 50, 1],
    ["takes a time in the future for now", 0.00004, hoursAgo(-5000), 1],
  ])("%s", async (_, everyHours, lastMs, runs) => {
    expect(await countRuns(everyHours, lastMs)).toBe(runs);
  });
});
