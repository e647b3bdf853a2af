import { expect, test } from "vitest";
import type { ModelVersion } from "../../../../shared/mlflow/types.ts";
import type { AuditEntry } from "../../../../shared/registry/pointers/audit.ts";
import {
  findPreviousVersion,
  type MoveEvidence,
} from "../../../../shared/registry/pointers/previous-version.ts";
import type { ServedVersion } from "../../../../shared/schemas/served-version.ts";

const startMs = Date.parse("2026-11-25T10:00:00.000Z");
const minuteMs = 60_000;

/** One entry per minute, the first at minute 0. */
function entries(...moves: [AuditEntry["action"], string | null, string, string?][]): AuditEntry[] {
  return moves.map(([action, from, to, pointer = "Production"], index) => ({
    at: new Date(startMs + index * minuteMs).toISOString(),
    who: "someone",
    action,
    pointer,
    from,
    to,
  }));
}

/** A version, its stage, and the minute when that last changed. */
const version = (number: string, stage: string, minute: number): ModelVersion =>
  ({
    version: number,
    current_stage: stage,
    last_updated_timestamp: startMs + minute * minuteMs,
  }) as ModelVersion;

const served = (number: string, minute: number, foundBy = "Production"): ServedVersion => ({
  name: "m",
  version: number,
  foundBy,
  engine: "onnx",
  sinceMs: startMs + minute * minuteMs,
});

const find = (evidence: Partial<MoveEvidence>) =>
  findPreviousVersion({
    pointer: "Production",
    current: undefined,
    entries: [],
    versions: ["1", "2", "5", "7"].map((number) => version(number, "None", 0)),
    served: [],
    ...evidence,
  });

test("goes back to the version before the promotion of the current one", () => {
  const moves = entries(["promote", null, "1"], ["promote", "1", "2"], ["promote", "2", "5"]);
  expect(find({ entries: moves, current: "5" })).toBe("2");
});

test("goes back further when that was a rollback's target, though MLflow's times name the version left then", () => {
  const moves = entries(
    ["promote", null, "1"],
    ["promote", "1", "2"],
    ["promote", "2", "3"],
    ["rollback", "3", "2"],
  );
  const versions = [version("1", "Archived", 1), version("2", "Production", 3), version("3", "Archived", 3)];
  expect(find({ entries: moves, current: "2", versions })).toBe("1");
});

test("knows no version before the first", () => {
  expect(find({ entries: entries(["promote", null, "1"]), current: "1" })).toBeUndefined();
  expect(find({ current: "1" })).toBeUndefined();
});

test("keeps stages and aliases apart", () => {
  const moves = entries(["promote", "1", "2", "@champion"], ["promote", "3", "4"]);
  expect(find({ entries: moves, pointer: "@champion", current: "2" })).toBe("1");
});

test("finds what a move from elsewhere archived, with no entry at all", () => {
  const versions = [version("1", "Archived", 5), version("2", "Archived", 9), version("3", "Production", 9)];
  expect(find({ current: "3", versions })).toBe("2");
});

test("passes over a version that had the stage and never answered, where another one did", () => {
  const versions = [version("1", "Archived", 8), version("2", "Archived", 9), version("3", "Production", 9)];
  expect(find({ current: "3", versions, served: [served("1", 5)] })).toBe("1");
  expect(find({ current: "3", versions, served: [served("1", 5), served("2", 8)] })).toBe("2");
});

test("finds what a move from elsewhere left in the stage", () => {
  const versions = [version("1", "Production", 5), version("2", "Production", 9)];
  expect(find({ current: "2", versions })).toBe("1");
  expect(
    find({ current: "2", versions: [version("1", "Production", 10), version("2", "Production", 9)] }),
  ).toBe(undefined);
});

test("sees that somebody moved away and back since the last entry", () => {
  const moves = entries(["promote", null, "1"], ["promote", "1", "2"]);
  const versions = [
    version("1", "Archived", 1),
    version("2", "Production", 30),
    version("3", "Archived", 30),
  ];
  expect(find({ entries: moves, current: "2", versions })).toBe("3");
});

test("keeps to the entries when only the description changed since", () => {
  const moves = entries(["promote", null, "1"], ["promote", "1", "2"]);
  const versions = [version("1", "Archived", 1), version("2", "Production", 30)];
  expect(find({ entries: moves, current: "2", versions })).toBe("1");
});

test("goes back to the last known version when nothing tells of the move that brought the current one", () => {
  const moves = entries(["promote", null, "1"], ["promote", "1", "2"]);
  expect(find({ entries: moves, current: "7" })).toBe("2");
  expect(find({ entries: moves, current: undefined })).toBe("2");
});

test("asks the sessions about an alias, of whose moves MLflow keeps nothing", () => {
  const versions = [version("1", "None", 0), version("2", "None", 0), version("3", "None", 0)];
  const evidence = { pointer: "@champion", current: "3", versions };
  const sessions = [served("1", 10, "@champion"), served("2", 20, "@champion"), served("3", 30, "@champion")];
  expect(find({ ...evidence, served: sessions })).toBe("2");
  expect(find({ ...evidence, served: sessions, pointer: "@other" })).toBeUndefined();

  const moves = entries(["promote", null, "1", "@champion"], ["promote", "1", "3", "@champion"]);
  expect(find({ ...evidence, served: sessions, entries: moves })).toBe("2");
});

test("does not take a session that was late for one that knows better", () => {
  const moves = entries(["promote", null, "1"], ["promote", "1", "2"], ["rollback", "2", "1"]);
  expect(
    find({
      entries: [...entries(["promote", null, "9"]), ...moves],
      current: "1",
      versions: [version("1", "Production", 2), version("2", "Archived", 2)],
      served: [served("2", 3)],
    }),
  ).toBeUndefined();
});

test("leaves out versions that were deleted since", () => {
  expect(find({ current: "3", versions: [version("3", "Production", 9)], served: [served("2", 5)] })).toBe(
    undefined,
  );
});

test("passes over versions that were deleted since, back to one that is there", () => {
  const moves = entries(["promote", null, "1"], ["promote", "1", "2"], ["promote", "2", "3"]);
  const archived = version("1", "Archived", 1);
  expect(find({ entries: moves, current: "3", versions: [archived, version("3", "Production", 2)] })).toBe(
    "1",
  );
  expect(find({ entries: moves, current: "7", versions: [archived, version("7", "Production", 9)] })).toBe(
    "1",
  );
  expect(find({ entries: moves, versions: [archived] })).toBe("1");
  expect(find({ entries: moves, versions: [] })).toBeUndefined();
});

test("does not go back to the version that was taken out of the stage by hand", () => {
  const versions = [version("1", "Archived", 1), version("2", "Archived", 60)];
  const moves = entries(["promote", null, "1"], ["promote", "1", "2"]);
  expect(find({ entries: moves, versions })).toBe("1");
  expect(find({ entries: moves.slice(0, 1), versions, served: [served("2", 10)] })).toBe("1");
  expect(find({ versions, served: [served("1", 1), served("2", 10)] })).toBe("1");
  expect(find({ entries: moves.slice(1, 2), versions: versions.slice(1) })).toBeUndefined();
});

test("goes back to the version that an alias named, whatever its stage", () => {
  const versions = [version("1", "Archived", 1), version("2", "Archived", 60)];
  const moves = entries(["promote", null, "1", "@champion"], ["promote", "1", "2", "@champion"]);
  expect(find({ pointer: "@champion", entries: moves, versions })).toBe("2");
});

test("of a stage, one that left it another time was not replaced by the current one", () => {
  const versions = [version("1", "Archived", 8), version("2", "Staging", 9), version("3", "Production", 9)];
  expect(find({ current: "3", versions })).toBeUndefined();
  expect(
    find({ current: "3", versions: [version("1", "Archived", 10), version("3", "Production", 9)] }),
  ).toBe(undefined);
});

test("of several that were replaced, the highest number served", () => {
  const versions = [
    ...[version("9", "Archived", 9), version("10", "Archived", 9), version("2", "Production", 5)],
    version("11", "Production", 9),
  ];
  expect(find({ current: "11", versions })).toBe("10");
  expect(find({ current: "11", versions: versions.toReversed() })).toBe("10");
});

test("takes what served last, in whatever order the sessions say so", () => {
  const versions = ["1", "2", "3"].map((number) => version(number, "None", 0));
  const sessions = [served("1", 10, "@champion"), served("2", 20, "@champion"), served("3", 30, "@champion")];
  for (const order of [sessions, sessions.toReversed()])
    expect(find({ pointer: "@champion", current: "3", versions, served: order })).toBe("2");
});

test("believes a session against an entry once it is two minutes younger", () => {
  const moves = entries(["promote", null, "1", "@champion"], ["promote", "1", "3", "@champion"]);
  const versions = ["1", "2", "3"].map((number) => version(number, "None", 0));
  const evidence = { pointer: "@champion", current: "3", versions, entries: moves };
  expect(find({ ...evidence, served: [served("2", 3, "@champion")] })).toBe("1");
  expect(find({ ...evidence, served: [served("2", 3.01, "@champion")] })).toBe("2");
});

test("of an alias no time of change counts: MLflow changes it for other reasons", () => {
  const moves = entries(["promote", "1", "2", "@champion"]);
  const versions = [version("1", "Archived", 30), version("2", "None", 30), version("7", "Archived", 30)];
  expect(find({ pointer: "@champion", entries: moves, current: "2", versions })).toBe("1");
  expect(find({ pointer: "@champion", current: "2", versions })).toBeUndefined();
});

test("a rollback's target goes back to what its promotion replaced, not to what the rollback left", () => {
  const moves = entries(["promote", "1", "2"], ["promote", "2", "3"], ["rollback", "3", "2"]);
  expect(find({ entries: moves, current: "2" })).toBe("1");
  expect(find({ entries: entries(["rollback", "3", "2"]), current: "2" })).toBeUndefined();
});
