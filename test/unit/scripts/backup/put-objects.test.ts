import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import type { BackedUpObject, ObjectOwner } from "../../../../scripts/backup/manifest.ts";
import { putObjects } from "../../../../scripts/backup/put-objects.ts";
import { keyFile } from "../../../../shared/access/key-store.ts";
import { compactObjects } from "../../../../shared/inference-log/compact.ts";
import { createLogKey, parseLogKey, startOfHour } from "../../../../shared/inference-log/log-keys.ts";
import { parseLogLines, renderLogLine } from "../../../../shared/inference-log/log-lines.ts";
import { endedTotalsKey } from "../../../../shared/inference-log/totals/service-totals.ts";
import { sessionTotalsKey } from "../../../../shared/inference-log/totals/session-totals.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";
import { createPredictionEvent } from "../../../support/tracking-events.ts";
import { createTestSession, testStartMs } from "../../tracking/test-session.ts";

const folder = mkdtempSync(path.join(tmpdir(), "fundus-put-objects-"));
afterAll(() => rmSync(folder, { recursive: true }));

function backUp(objects: Map<string, string>, owner: ObjectOwner = "inference-log"): BackedUpObject[] {
  return [...objects].map(([key, text]) => {
    const bytes = Buffer.from(text, key.endsWith(".parquet") ? "latin1" : "utf8");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    writeFileSync(path.join(folder, sha256), bytes);
    return { owner, key, sha256, size_bytes: bytes.length };
  });
}

function createBucket() {
  const store = createMemoryStore();
  const session = createTestSession();
  let sequence = 0;
  return {
    store,
    /** One object of the log with one prediction, as its session writes it. */
    log(): string {
      const record = session.recordPrediction(createPredictionEvent());
      const object = { newestMs: record.timestamp_ms, sessionId: record.session_id, predictions: 1 };
      const key = createLogKey("", { ...object, sequence: sequence++ });
      store.objects.set(key, renderLogLine(record));
      return key;
    },
    async compact(keys: string[]): Promise<void> {
      const objects = keys.map((key) => ({
        key,
        lines: parseLogLines(Buffer.from(store.objects.get(key) ?? "")),
      }));
      await compactObjects({ store, bucket: "bucket", prefix: "" }, startOfHour(testStartMs), objects);
    },
    restore: (objects: BackedUpObject[], owner: ObjectOwner = "inference-log") =>
      putObjects({ owner, store, bucket: "bucket", prefix: "" }, objects, folder),
    logKeys: () => [...store.objects.keys()].filter((key) => parseLogKey(key) !== undefined),
  };
}

const changing = [
  keyFile(""),
  endedTotalsKey(""),
  "retraining/state.json",
  "drift-state/alert.json",
  "drift-reference/window.jsonl",
];

it("leaves what changes as it is now, and brings it back where there is none", async () => {
  const { store, restore } = createBucket();
  const backup = backUp(new Map(changing.map((key) => [key, "then"])));
  for (const key of changing.slice(1)) store.objects.set(key, "now");

  await restore(backup);

  expect([...store.objects]).toEqual([
    ...changing.slice(1).map((key) => [key, "now"]),
    [changing[0], "then"],
  ]);
});

it("puts the files of MLflow and the records that were damaged since as they were", async () => {
  const { store, log, restore } = createBucket();
  const key = log();
  const text = store.objects.get(key) ?? "";
  const records = backUp(store.objects);
  const artifacts = backUp(new Map([["model.keras", "whole"]]), "artifacts");
  store.objects.set(key, "damaged").set("model.keras", "damaged");

  await restore(records);
  await restore(artifacts, "artifacts");

  expect([...store.objects]).toEqual([
    [key, text],
    ["model.keras", "whole"],
  ]);
});

it("writes no record beside the table that has it, and every one that it lacks", async () => {
  const { store, log, compact, restore, logKeys } = createBucket();
  const compacted = [log(), log()];
  const lost = log();
  const backup = backUp(store.objects);
  store.objects.delete(lost);
  await compact([...compacted, log()]);

  await restore(backup);

  expect(logKeys()).toEqual([expect.stringMatching(/\.parquet$/), lost]);
});

it("writes no record beside a table that comes from the same backup, nor the journal of a compaction", async () => {
  const { store, log, compact, restore, logKeys } = createBucket();
  const raw = new Map([[log(), store.objects.values().next().value ?? ""]]);
  await compact([...raw.keys()]);
  const backup = backUp(new Map([...raw, ...store.objects, ["inference-log/compacting.json", "{}"]]));
  store.objects.clear();

  await restore(backup);

  expect(logKeys()).toEqual([expect.stringMatching(/\.parquet$/)]);
  expect(store.objects.size).toBe(2);
});

it("counts no session again that ended since", async () => {
  const { store, restore } = createBucket();
  const key = sessionTotalsKey("", "session");
  const backup = backUp(new Map([[key, "then"]]));
  store.objects.set(endedTotalsKey(""), "now");
  await restore(backup);
  expect(store.objects.has(key)).toBe(false);

  store.objects.clear();
  await restore(backup);
  expect(store.objects.has(key)).toBe(true);
});
