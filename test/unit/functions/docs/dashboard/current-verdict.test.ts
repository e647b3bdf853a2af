import { expect, test } from "vitest";
import { findCurrentVerdict } from "../../../../../functions/docs/browser/dashboard/current-verdict.ts";

test("a verdict that is over two days old is not shown as the present one", () => {
  const to = "2026-11-29T12:00:00.000Z";
  const of = (at: string) => ({ day: at.slice(0, 10), at, verdict: "ok" as const, reports: 1 });
  const fresh = of("2026-11-28T06:00:00.000Z");
  expect(findCurrentVerdict({ to, verdicts: [of("2026-11-03T10:00:00.000Z"), fresh] })).toBe(fresh);
  expect(findCurrentVerdict({ to, verdicts: [of("2026-11-03T10:00:00.000Z")] })).toBeUndefined();
  expect(findCurrentVerdict({ to, verdicts: [] })).toBeUndefined();
});
