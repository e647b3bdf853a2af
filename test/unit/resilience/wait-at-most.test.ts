import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { waitAtMost } from "../../../shared/resilience/wait-at-most.ts";

it("tells whether the work ended in time", async () => {
  expect(await waitAtMost(sleep(1), 1_000)).toBe(true);
  expect(await waitAtMost(sleep(1_000, undefined, { ref: false }), 5)).toBe(false);
});

it("throws what the work throws in time, and nothing later", async () => {
  await expect(waitAtMost(Promise.reject(new Error("refused")), 1_000)).rejects.toThrow("refused");
  const late = sleep(10).then(() => Promise.reject(new Error("late")));
  expect(await waitAtMost(late, 1)).toBe(false);
  await sleep(20);
});

it("leaves no timer behind that keeps the process awake", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  await waitAtMost(Promise.resolve(), 60_000);
  expect(timers()).toBe(before);
});
