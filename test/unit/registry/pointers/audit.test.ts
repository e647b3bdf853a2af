import { expect, test } from "vitest";
import {
  type AuditEntry,
  describeAuditEntry,
  readAuditEntries,
} from "../../../../shared/registry/pointers/audit.ts";

const first: AuditEntry = {
  at: "2026-11-25T10:00:00.000Z",
  who: "ana maria (clinic)",
  action: "promote",
  pointer: "Production",
  from: null,
  to: "1",
};
const second: AuditEntry = {
  at: "2026-11-25T10:00:01.000Z",
  who: "root",
  action: "rollback",
  pointer: "@champion",
  from: "2",
  to: "1",
};

test("an entry is a sentence", () => {
  expect(describeAuditEntry(first)).toBe(
    "Production: version 1 (before: none), promoted by ana maria (clinic)",
  );
  expect(describeAuditEntry(second)).toBe("@champion: version 1 (before: 2), rolled back by root");
});

test.each(["the new camera needs it, says Dr. Silva", "the new camera needs it\nsays Dr. Silva"])(
  "an entry says why it was forced: %j",
  (reason) => {
    const forced: AuditEntry = { ...first, from: "3", forced: reason };
    const value = describeAuditEntry(forced);
    expect(value).toBe(
      `Production: version 1 (before: 3), promoted by ana maria (clinic), forced: ${reason}`,
    );
    const tags = [{ key: `audit.${forced.at}`, value }];
    expect(readAuditEntries({ name: "m", creation_timestamp: 1, last_updated_timestamp: 1, tags })).toEqual([
      forced,
    ]);
  },
);

test("reads its own tags in order and leaves the others", () => {
  const tag = (entry: AuditEntry) => ({ key: `audit.${entry.at}`, value: describeAuditEntry(entry) });
  const model = {
    name: "m",
    creation_timestamp: 1,
    last_updated_timestamp: 1,
    tags: [
      tag(second),
      { key: "owner", value: "Production: version 1 (before: 2), promoted by x" },
      tag(first),
      { key: "audit.2026-11-25T10:00:02.000Z", value: "somebody looked at it" },
      { key: "audit.yesterday", value: "Production: version 1 (before: 2), promoted by x" },
    ],
  };
  expect(readAuditEntries(model)).toEqual([first, second]);
});

test("reads entries of the same moment only with their own words", () => {
  const tag = (value: string) => ({ key: "audit.2026-11-25T10:00:00.000Z", value });
  const read = (value: string) =>
    readAuditEntries({ name: "m", creation_timestamp: 1, last_updated_timestamp: 1, tags: [tag(value)] });
  expect(read("Production: version 12 (before: 11), promoted by x")).toMatchObject([
    { to: "12", from: "11" },
  ]);
  for (const value of [
    "then Production: version 1 (before: 2), promoted by x",
    "Production: version one (before: 2), promoted by x",
    "Production: version 1 (before: two), promoted by x",
    "Production: version 1 (before: 2), moved by x",
  ])
    expect(read(value)).toEqual([]);
});

test("a model without tags has no entries", () => {
  expect(readAuditEntries({ name: "m", creation_timestamp: 1, last_updated_timestamp: 1 })).toEqual([]);
});
