import { expect, it } from "vitest";
import { createPeriodWatch } from "../../../../functions/predict/period-watch.ts";

it("is true once in each whole five minutes, however late the call before it came", () => {
  let nowMs = Date.UTC(2026, 10, 29, 12, 0);
  const isNewPeriod = createPeriodWatch(() => nowMs);
  const answers = [0, 1_000, 298_000, 2_000, 200_000, 3_600_000].map((passedMs) => {
    nowMs += passedMs;
    return isNewPeriod();
  });
  expect(answers).toEqual([true, false, false, true, false, true]);
});
