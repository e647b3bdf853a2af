import { expect, it } from "vitest";
import { isExpired, mayLackSince } from "../../../shared/backup/restore-backup.ts";

const object = (key: string) => ({
  owner: "inference-log" as const,
  key,
  sha256: "0".repeat(64),
  size_bytes: 1,
});
const sinceOf = (...keys: string[]) =>
  new Date(mayLackSince({ created_at: "2026-11-28T12:30:00.000Z", objects: keys.map(object) })).toISOString();

it("knows since when the databases of a backup may lack records", () => {
  expect(sinceOf()).toBe("2026-11-27T12:30:00.000Z");
  expect(
    sinceOf(
      "inference-log/table/date=2026-11-20/hour=10/105959998-ab-p2.parquet",
      "inference-log/date=2026-11-28/hour=11/110000000-a-1-p1.jsonl",
    ),
  ).toBe("2026-11-27T12:30:00.000Z");
  expect(sinceOf("inference-log/date=2026-11-25/hour=11/110000000-a-1-p1.jsonl")).toBe(
    "2026-11-25T11:00:00.000Z",
  );
});

it.each([
  ["inference-log/date=2026-11-25/hour=11/110000000-a-1-p1.jsonl", true],
  ["inference-log/date=2026-11-26/hour=11/110000000-a-1-p1.jsonl", false],
  ["inference-log/table/date=2026-11-25/hour=10/105959998-ab-p2.parquet", true],
  ["inference-log/summaries/date=2026-11-25/hour=10/105959998-ab-p2.json", true],
  ["inference-log-errors/processing-failed/2026/11/25/11/fundus-1-2026-11-25-11-00-00-a", true],
  ["drift-reports/chosen/date=2026-11-25/2026-11-25T12-00-00.000Z/drift-report.json", true],
  ["labels/date=2026-11-25/019ac2fb-c4d8-7b51-9a55-0c3a5b0f6c11-0001.json", false],
  ["inference-log/totals.json", false],
])("knows of what the bucket lets expire whether its day is over: %s", (key, expected) => {
  const beforeMs = Date.parse("2026-11-26T12:00:00Z");
  expect(isExpired({ owner: "inference-log", key }, beforeMs)).toBe(expected);
  expect(isExpired({ owner: "artifacts", key }, beforeMs)).toBe(false);
  expect(isExpired({ owner: "inference-log", key }, Number.NEGATIVE_INFINITY)).toBe(false);
});
