import { expect, it } from "vitest";
import { deployTimeoutMs } from "../../../../scripts/deploy.ts";

it("leaves CloudFormation the minutes in which it watches alarms", () => {
  const halfAnHourMs = 1_800_000;
  expect(deployTimeoutMs({})).toBe(halfAnHourMs);
  expect(deployTimeoutMs({ ROLLBACK_WATCH_MINUTES: "" })).toBe(halfAnHourMs);
  expect(deployTimeoutMs({ ROLLBACK_WATCH_MINUTES: "180" })).toBe(halfAnHourMs + 10_800_000);
});
