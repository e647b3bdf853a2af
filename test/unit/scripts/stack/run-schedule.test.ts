import { expect, it } from "vitest";
import { runSchedule } from "../../../../scripts/stack/run-schedule.ts";

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
