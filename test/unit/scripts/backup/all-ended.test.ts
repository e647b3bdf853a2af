import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { allEnded } from "../../../../scripts/backup/all-ended.ts";

it("tells a failure when the others have ended, and all results without one", async () => {
  let hasEnded = false;
  const slow = sleep(20).then(() => {
    hasEnded = true;
  });
  await expect(allEnded([Promise.reject(new Error("never_made")), slow])).rejects.toThrow("never_made");
  expect(hasEnded).toBe(true);
  expect(await allEnded([Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2]);
});
