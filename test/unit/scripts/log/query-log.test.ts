import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { collectTable } from "../../../../scripts/log/collect-table.ts";
import { parseSince } from "../../../../scripts/log/parse-since.ts";
import { queryTable } from "../../../../scripts/log/query-table.ts";
import { compactObjects } from "../../../../shared/inference-log/compact.ts";
import { startOfHour } from "../../../../shared/inference-log/log-keys.ts";
import { parseLogLines } from "../../../../shared/inference-log/log-lines.ts";
import { logColumns } from "../../../../shared/inference-log/table/log-table.ts";
import type { InferenceLogRecord } from "../../../../shared/schemas/inference-record.ts";
import { createMemoryLog } from "../../../support/memory-log.ts";
import { createErrorEvent, createPredictionEvent } from "../../../support/tracking-events.ts";
import { createTestSession, testStartMs } from "../../tracking/test-session.ts";

const hourMs = 3_600_000;

function prepare() {
  const folder = mkdtempSync(join(tmpdir(), "query-log-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { store, location, write: writeObject } = createMemoryLog({ prefix: "dev/" });
  const write = (records: InferenceLogRecord[]) => {
    const key = writeObject(records);
    return { key, lines: parseLogLines(Buffer.from(store.objects.get(key) ?? "")) };
  };
  const query = async (sql: string) => {
    const period = { sinceMs: testStartMs - 12 * hourMs, fromMs: testStartMs + hourMs };
    await collectTable(location, folder, period);
    return queryTable(folder, sql);
  };
  return { location, folder, write, query };
}

const predictionsFrom = (startMs: number, classes: string[]) => {
  const session = createTestSession(startMs);
  return classes.map((predicted_class, index) =>
    session.recordPrediction(createPredictionEvent({ predicted_class, confidence: 50 + index })),
  );
};

describe("SQL over the inference log", () => {
  it("sees what is compacted and what is not as one table, each record once", async () => {
    const { location, write, query } = prepare();
    const earlier = predictionsFrom(testStartMs - 2 * hourMs, ["normal", "glaucoma", "normal"]);
    const error = createTestSession(testStartMs - 2 * hourMs).recordError(createErrorEvent());
    const objects = [write(earlier.slice(0, 2)), write([...earlier.slice(2), error])];
    await compactObjects(location, startOfHour(testStartMs - 2 * hourMs), objects);
    // A compaction that was cut off before it deleted.
    write(earlier.slice(0, 2));
    write(predictionsFrom(testStartMs, ["normal"]));

    const counted = await query(
      `SELECT date, hour, predicted_class, count(*) AS n, avg(confidence) AS confidence
       FROM inference_log WHERE kind = 'prediction' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    );

    expect(counted).toEqual({
      columns: ["date", "hour", "predicted_class", "n", "confidence"],
      rows: [
        ["2026-11-25", "12", "glaucoma", 1, 51],
        ["2026-11-25", "12", "normal", 2, 51],
        ["2026-11-25", "14", "normal", 1, 50],
      ],
    });
    const errors = await query("SELECT status, error FROM inference_log WHERE kind = 'error'");
    expect(errors.rows).toEqual([[400, "invalid_image"]]);
  });

  it("reaches what has no column of its own in the record", async () => {
    const { write, query } = prepare();
    write(predictionsFrom(testStartMs, ["normal"]));
    const sql = `SELECT json_extract_scalar(record, '$.session_totals.class_counts.normal') AS n,
      CAST(json_extract_scalar(probabilities, '$.glaucoma') AS double) AS p FROM inference_log`;
    expect((await query(sql)).rows).toEqual([["1", 0.0625]]);
  });

  it("answers every example of docs/inference-log.md", async () => {
    const { write, query } = prepare();
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
    const { query } = prepare();
    expect(await query("SELECT count(*) AS n FROM inference_log")).toEqual({ columns: ["n"], rows: [[0]] });
    // What a number cannot hold, and text of digits, stay as they are.
    expect((await query("SELECT 9007199254740993 AS n, '12' AS text, sum(3) AS sum")).rows).toEqual([
      ["9007199254740993", "12", 3],
    ]);
    await expect(query("SELECT confidenc FROM inference_log")).rejects.toThrow(/confidence/);
  });

  it("is one statement, which reaches no other file and no network", async () => {
    const { query } = prepare();
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

  it("says how much is read, and nothing of times that hold nothing", async () => {
    const { location, folder, write } = prepare();
    write(predictionsFrom(testStartMs - 24 * hourMs, ["normal"]));
    write(predictionsFrom(testStartMs, ["normal"]));
    const said: string[] = [];
    const period = { sinceMs: testStartMs - 60 * hourMs, fromMs: testStartMs + hourMs };
    await collectTable(location, folder, period, (text) => said.push(text));
    expect(said).toEqual(["1 object", "2 objects"]);
  });

  it("keeps both of two columns of one name", async () => {
    const { query } = prepare();
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
