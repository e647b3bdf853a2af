import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { mapInParallel, settleAll } from "../../../shared/resilience/in-parallel.ts";

it("keeps the items' order and at most the limit at once", async () => {
  let running = 0;
  let most = 0;
  const results = await mapInParallel([30, 5, 20, 1], 2, async (milliseconds) => {
    running += 1;
    most = Math.max(most, running);
    await sleep(milliseconds);
    running -= 1;
    return milliseconds * 2;
  });
  expect(results).toEqual([60, 10, 40, 2]);
  expect(most).toBe(2);
});

it("begins nothing after a failure, and throws the first once all that was begun has ended", async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = mapInParallel([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    await sleep(item === 1 ? 5 : 20);
    ended.push(item);
    throw new Error(`item ${item}`);
  });
  await expect(work).rejects.toThrow("item 1");
  expect(begun).toEqual([1, 2]);
  expect(ended).toEqual([1, 2]);
});

it("gives nothing for nothing", async () => {
  expect(await mapInParallel([], 3, async () => 1)).toEqual([]);
});

it("waits for everything after a failure too, and throws the first in the order that was given", async () => {
  let isEnded = false;
  const late = sleep(20).then(() => {
    isEnded = true;
    throw new Error("late");
  });
  await expect(settleAll([late, Promise.reject(new Error("early")), undefined])).rejects.toThrow("late");
  expect(isEnded).toBe(true);
});
