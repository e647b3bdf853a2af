import { expect, it, onTestFinished, vi } from "vitest";
import { deployTimeoutMs, expectRightSettings } from "../../../../scripts/deploy.ts";

it("leaves CloudFormation the minutes in which it watches alarms", () => {
  const halfAnHourMs = 1_800_000;
  expect(deployTimeoutMs({})).toBe(halfAnHourMs);
  expect(deployTimeoutMs({ ROLLBACK_WATCH_MINUTES: "" })).toBe(halfAnHourMs);
  expect(deployTimeoutMs({ ROLLBACK_WATCH_MINUTES: "180" })).toBe(halfAnHourMs + 10_800_000);
});

it("says beside what is missing which settings of the shell were ignored", async () => {
  vi.stubEnv("AUTH", undefined);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const expectRight = (ignored: string[]) =>
    expectRightSettings("dev", "eu-central-1", { file: "stages/dev.env", ignored });
  await expect(expectRight(["AUTH", "MODEL_VERSION"])).rejects.toThrow(
    /Expected AUTH .* received nothing\n.*\nSet in the shell but not in stages\/dev.env, so ignored: AUTH, MODEL_VERSION$/,
  );
  await expect(expectRight([])).rejects.not.toThrow("ignored");
});
