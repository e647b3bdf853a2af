import { expect, test } from "vitest";
import { type AuditEntry, findPreviousVersion, readAuditEntries } from "../../../shared/registry/audit.ts";

function entries(...moves: [AuditEntry["action"], string | null, string, string?][]): AuditEntry[] {
  return moves.map(([action, from, to, pointer = "Production"], index) => ({
    at: `2026-11-25T10:00:0${index}.000Z`,
    who: "someone",
    action,
    pointer,
    from,
    to,
  }));
}

test("goes back to the version before the promotion of the current one", () => {
  const moves = entries(["promote", null, "1"], ["promote", "1", "2"], ["promote", "2", "5"]);
  expect(findPreviousVersion(moves, "Production", "5")).toBe("2");
});

test("goes back further when that was a rollback's target", () => {
  const moves = entries(
    ["promote", null, "1"],
    ["promote", "1", "2"],
    ["promote", "2", "3"],
    ["rollback", "3", "2"],
  );
  expect(findPreviousVersion(moves, "Production", "2")).toBe("1");
});

test("goes back to the last known version when the current one was promoted elsewhere", () => {
  const moves = entries(["promote", null, "1"], ["promote", "1", "2"]);
  expect(findPreviousVersion(moves, "Production", "7")).toBe("2");
  expect(findPreviousVersion(moves, "Production", undefined)).toBe("2");
  expect(findPreviousVersion(moves, "Production", "1")).toBe("2");
});

test("knows no version before the first", () => {
  expect(findPreviousVersion(entries(["promote", null, "1"]), "Production", "1")).toBeUndefined();
  expect(findPreviousVersion([], "Production", "1")).toBeUndefined();
});

test("keeps stages and aliases apart", () => {
  const moves = entries(["promote", "1", "2", "@champion"], ["promote", "3", "4"]);
  expect(findPreviousVersion(moves, "@champion", "2")).toBe("1");
});

test("reads its own tags in order and leaves the others", () => {
  const [first, second] = entries(["promote", null, "1"], ["promote", "1", "2"]);
  const tag = (key: string, value: unknown) => ({ key, value: JSON.stringify(value) });
  const model = {
    name: "m",
    tags: [
      tag("audit.2", second),
      tag("owner", "x"),
      tag("audit.1", first),
      { key: "audit.0", value: "no JSON" },
      tag("audit.3", { who: "x" }),
    ],
  };
  expect(readAuditEntries(model as never)).toEqual([first, second]);
});
