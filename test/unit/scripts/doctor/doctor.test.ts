import { expect, test } from "vitest";
import { compareClocks } from "../../../../scripts/doctor/check-clock.ts";
import { examine, healthy, renderFindings, unhealthy } from "../../../../scripts/doctor/finding.ts";

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
  const findings = await examine("S3", "npm start", async () => {
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
