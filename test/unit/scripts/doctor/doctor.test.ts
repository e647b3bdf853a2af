import { expect, test, vi } from "vitest";
import { compareClocks } from "../../../../scripts/doctor/check-clock.ts";
import { checkSubject, healthy, renderFindings, unhealthy } from "../../../../scripts/doctor/finding.ts";
import { run } from "../../../../scripts/doctor.ts";
import { connectRegistry } from "../../../../scripts/registry/connect-registry.ts";
import { StackError } from "../../../../scripts/stack/stack-error.ts";
import { SettingsError } from "../../../../shared/errors/settings-error.ts";

// A module that another file of this process has loaded would not be mocked.
vi.hoisted(() => void vi.resetModules());
vi.mock(import("../../../../scripts/registry/connect-registry.ts"), () => ({ connectRegistry: vi.fn() }));

const served = "Sat, 28 Nov 2026 12:00:00 GMT";
const at = (time: string) => Date.parse(`2026-11-28T${time}Z`);

test.each([
  ["12:00:59", true, "59 s ahead of MLflow"],
  ["11:59:00", true, "60 s behind MLflow"],
  ["12:01:01", false, "61 s ahead of MLflow"],
  ["11:44:00", false, "960 s behind MLflow"],
])("a clock at %s is right: %s", (time, isRight, detail) => {
  expect(compareClocks(served, "MLflow", at(time))).toMatchObject([{ healthy: isRight, detail }]);
});

test("a server that does not say its time says nothing about the clock", () => {
  expect(compareClocks(null, "MLflow")).toEqual([]);
});

test("what a check throws is what it found", async () => {
  const findings = await checkSubject("S3", "npm start", async () => {
    throw new Error("The bucket does not exist");
  });
  expect(findings).toEqual([unhealthy("S3", "The bucket does not exist", "npm start")]);
});

test("each finding is a line, and what mends it stands below", () => {
  const findings = [healthy("Node", "v22"), unhealthy("MLflow", "does not answer", "npm start")];
  expect(renderFindings(findings, false)).toBe(
    "✓ Node    v22\n✗ MLflow  does not answer\n          → npm start",
  );
});

test.each([
  ["names some servers only", () => new StackError("Expected MLFLOW_TRACKING_URI to be set, too")],
  ["is wrong", () => new SettingsError("These settings are wrong")],
])("an environment that %s is a finding beside those on this machine", async (_, refuse) => {
  const error = refuse();
  vi.mocked(connectRegistry).mockImplementation(() => {
    throw error;
  });
  vi.stubEnv("MLFLOW_TRACKING_URI", "https://mlflow.example.org");
  const print = vi.spyOn(console, "log").mockImplementation(() => {});
  await run({ values: { json: true }, operands: [] }, "doctor");
  const { healthy: isHealthy, findings } = JSON.parse(String(print.mock.lastCall?.[0]));
  expect(isHealthy).toBe(false);
  expect(findings[0].subject).toBe("Node");
  expect(findings.at(-1)).toMatchObject({ subject: "Settings", detail: error.message });
  process.exitCode = 0;
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
