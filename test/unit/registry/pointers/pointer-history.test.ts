import { describe, expect, it } from "vitest";
import type { AuditEntry } from "../../../../shared/registry/pointers/audit.ts";
import { describeHistory } from "../../../../shared/registry/pointers/pointer-history.ts";

const at = (day: number) => `2026-11-${String(day).padStart(2, "0")}T10:00:00.000Z`;
const entry = (day: number, to: string, parts: Partial<AuditEntry> = {}): AuditEntry => ({
  at: at(day),
  who: "ana",
  action: "promote",
  pointer: "Production",
  from: null,
  to,
  ...parts,
});
const seen = (day: number, version: string, minutes = 5) => ({
  name: "m",
  version,
  foundBy: "Production",
  engine: "onnx" as const,
  sinceMs: Date.parse(at(day)) + minutes * 60_000,
});

describe("which version was in Production", () => {
  it("is known for this project's own moves, with who and why", () => {
    expect(
      describeHistory(
        "Production",
        [entry(1, "1"), entry(3, "2", { forced: "new camera" }), entry(4, "1", { action: "rollback" })],
        [seen(1, "1"), seen(3, "2"), seen(3, "1", 1)],
      ),
    ).toEqual([
      { version: "1", since: at(1), until: at(3), by: "ana" },
      { version: "2", since: at(3), until: at(4), by: "ana, forced: new camera" },
      { version: "1", since: at(4), until: null, by: "ana" },
    ]);
  });

  it("is seen for moves from Python, by what the service answered with", () => {
    const history = describeHistory(
      "Production",
      [entry(1, "1")],
      [seen(1, "1"), seen(5, "4"), seen(6, "4")],
    );
    expect(history.map(({ version, by }) => [version, by])).toEqual([
      ["1", "ana"],
      ["4", "seen in service"],
    ]);
  });

  it("leaves out other pointers, and is empty when nothing tells", () => {
    expect(describeHistory("Production", [entry(1, "1", { pointer: "@champion" })], [])).toEqual([]);
  });
});

describe("what the service answered with", () => {
  const history = (...parts: Parameters<typeof describeHistory>) =>
    describeHistory(...parts).map(({ version, since, by }) => [version, since, by]);

  it("is no move within ten minutes of one, by those who still served the version before", () => {
    const moves = [entry(1, "1"), entry(3, "2")];
    expect(history("Production", moves, [seen(3, "1", 9)])).toHaveLength(2);
    expect(history("Production", moves, [seen(3, "1", 0)])).toHaveLength(2);
    expect(history("Production", moves, [seen(3, "1", 10)])).toEqual([
      ["1", at(1), "ana"],
      ["2", at(3), "ana"],
      ["1", "2026-11-03T10:10:00.000Z", "seen in service"],
    ]);
    expect(history("Production", moves, [seen(3, "7", 5)]).at(-1)?.[0]).toBe("7");
  });

  it("is a move of its own before the first entry", () => {
    expect(history("Production", [entry(3, "2")], [seen(1, "1"), seen(2, "2")])).toEqual([
      ["1", "2026-11-01T10:05:00.000Z", "seen in service"],
      ["2", "2026-11-02T10:05:00.000Z", "seen in service"],
    ]);
  });

  it("counts for its own pointer, and in the order of time", () => {
    const others = { ...seen(1, "9"), foundBy: "@champion" };
    expect(history("Production", [], [seen(5, "3"), others, seen(2, "1"), seen(3, "2")])).toEqual([
      ["1", "2026-11-02T10:05:00.000Z", "seen in service"],
      ["2", "2026-11-03T10:05:00.000Z", "seen in service"],
      ["3", "2026-11-05T10:05:00.000Z", "seen in service"],
    ]);
  });

  it("ends with the next one's beginning", () => {
    expect(describeHistory("Production", [], [seen(1, "1"), seen(2, "1"), seen(3, "2")])).toMatchObject([
      { version: "1", until: "2026-11-03T10:05:00.000Z" },
      { version: "2", until: null },
    ]);
  });
});
