import { expect, it } from "vitest";
import { mayLackSince } from "../../../shared/backup/restore-backup.ts";

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
