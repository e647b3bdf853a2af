import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseSince } from "../../../../scripts/log/parse-since.ts";
import { logColumns } from "../../../../shared/inference-log/table/log-table.ts";
import { createQueriedLog, hourMs, predictionsFrom } from "../../../support/queried-log.ts";
import { testStartMs } from "../../../support/test-session.ts";

describe("SQL over the inference log", () => {
  it("reaches what has no column of its own in the record", async () => {
    const { write, query } = createQueriedLog();
    write(predictionsFrom(testStartMs, ["normal"]));
    const sql = `SELECT json_extract_scalar(record, '$.session_totals.class_counts.normal') AS n,
      CAST(json_extract_scalar(probabilities, '$.glaucoma') AS double) AS p FROM inference_log`;
    expect((await query(sql)).rows).toEqual([["1", 0.0625]]);
  });

  it("answers every example of docs/inference-log.md", async () => {
    const { write, query } = createQueriedLog();
    write(predictionsFrom(testStartMs, ["normal", "glaucoma"]));
    const text = readFileSync("docs/inference-log.md", "utf8");
    const [, block = ""] = /```sql\n(.*?)```/s.exec(text) ?? [];
    const inShell = [...text.matchAll(/^npm run .*"(SELECT.*)"/gm)].map(([, sql = ""]) => sql);
    const statements = [...block.split(";").filter((part) => part.includes("SELECT")), ...inShell];

    expect(statements).toHaveLength(6);
    const answers = [];
    // One after the other: each writes the file that gives the columns.
    for (const sql of statements) answers.push(await query(sql));
    expect(answers.map(({ rows }) => rows.length)).toEqual([2, 1, 0, 0, 1, 0]);
    const columns = (await query("SELECT * FROM inference_log LIMIT 0")).columns;
    expect(columns.filter((column) => !text.includes(`\`${column}\``))).toEqual([]);
  });

  it("has its columns before anything was recorded, and says what is wrong with a statement", async () => {
    const { query } = createQueriedLog();
    expect(await query("SELECT count(*) AS n FROM inference_log")).toEqual({ columns: ["n"], rows: [[0]] });
    // What a number cannot hold, and text of digits, stay as they are.
    expect((await query("SELECT 9007199254740993 AS n, '12' AS text, sum(3) AS sum")).rows).toEqual([
      ["9007199254740993", "12", 3],
    ]);
    await expect(query("SELECT confidenc FROM inference_log")).rejects.toThrow(/confidence/);
  });

  it("is one statement, which reaches no other file and no network", async () => {
    const { query } = createQueriedLog();
    for (const [sql, received] of [
      ["SELECT 1; SELECT 2", "2"],
      [" ", "none"],
    ])
      await expect(query(sql ?? "")).rejects.toThrow(
        `Expected one statement for SQL but received ${received}`,
      );
    const target = join(tmpdir(), "query-log-copy.csv");
    for (const sql of [
      `COPY (SELECT 1) TO '${target}'`,
      "SELECT * FROM read_text('package.json')",
      "SELECT * FROM read_csv('https://127.0.0.1:9/labels.csv')",
      "SET enable_external_access = true",
    ])
      await expect(query(sql)).rejects.toThrow(/disabled|locked|cannot/i);
    expect(existsSync(target)).toBe(false);
  });

  it("keeps both of two columns of one name", async () => {
    const { query } = createQueriedLog();
    expect(await query("SELECT 1 AS n, 2 AS n")).toEqual({ columns: ["n", "n:1"], rows: [[1, 2]] });
  });
});

it("--since is a length of time, a day or a time", () => {
  expect(parseSince("30m", testStartMs)).toBe(testStartMs - hourMs / 2);
  expect(parseSince("7d", testStartMs)).toBe(testStartMs - 7 * 24 * hourMs);
  expect(parseSince("2026-11-25", testStartMs)).toBe(Date.UTC(2026, 10, 25));
  expect(parseSince("2026-11-25T08:00", testStartMs)).toBe(Date.UTC(2026, 10, 25, 8));
  for (const text of ["yesterday", "2026-11-31", "0d"])
    expect(() => parseSince(text, testStartMs)).toThrow(`like 24h, 7d or 2026-11-25 but received ${text}`);
});

it("Athena's table has the columns of the files", () => {
  const { Resources } = parse(readFileSync("resources/log-table.yml", "utf8"), { logLevel: "silent" });
  const { Columns } = Resources.InferenceLogTable.Properties.TableInput.StorageDescriptor;
  const expected = [...logColumns.map(({ name, type }) => ({ Name: name, Type: type }))];
  expect(Columns).toEqual([...expected, { Name: "record", Type: "string" }]);
});
