import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { queryTable } from "../../scripts/log/query-table.ts";
import { parseLogLines } from "../../shared/inference-log/log-lines.ts";
import { collectTable } from "../../shared/inference-log/table/collect-table.ts";
import type { InferenceLogRecord } from "../../shared/schemas/inference-record.ts";
import { createMemoryLog } from "./memory-log.ts";
import { createTestSession, testStartMs } from "./test-session.ts";
import { createPredictionEvent } from "./tracking-events.ts";

export const hourMs = 3_600_000;

/** An inference log that SQL is asked about, with the folder into which it is collected. */
export function createQueriedLog() {
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

export const predictionsFrom = (startMs: number, classes: string[]) => {
  const session = createTestSession(startMs);
  return classes.map((predicted_class, index) =>
    session.recordPrediction(createPredictionEvent({ predicted_class, confidence: 50 + index })),
  );
};
