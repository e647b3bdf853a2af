import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createKey, revokedAt, type StoredKey } from "../../../shared/access/api-key.ts";
import { keyFile, readKeys } from "../../../shared/access/key-store.ts";
import type { BackedUpObject, ObjectOwner } from "../../../shared/backup/manifest.ts";
import { putObjects } from "../../../shared/backup/put-objects.ts";
import { compactObjects } from "../../../shared/inference-log/compact.ts";
import { createLogKey, parseLogKey, startOfHour } from "../../../shared/inference-log/log-keys.ts";
import { parseLogLines, renderLogLine } from "../../../shared/inference-log/log-lines.ts";
import { endedTotalsKey } from "../../../shared/inference-log/totals/service-totals.ts";
import { sessionTotalsKey } from "../../../shared/inference-log/totals/session-totals.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { createTestSession, testStartMs } from "../../support/test-session.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";

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
  "labels/019ac2fb-c4d8-7b51-9a55-0c3a5b0f6c11/clinic.json",
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

it("does not write again what is there as it was, since its time would begin anew", async () => {
  const { store, log, compact, restore } = createBucket();
  await compact([log(), log()]);
  const backup = backUp(store.objects);
  const [table = ""] = [...store.objects.keys()].filter((key) => key.endsWith(".parquet"));
  const written: string[] = [];
  const { putObject } = store;
  store.putObject = (bucket, key, ...parameters) => {
    written.push(key);
    return putObject(bucket, key, ...parameters);
  };

  await restore(backup);
  expect(written).toEqual([]);

  store.objects.set(table, "damaged");
  await restore(backup);
  expect(written).toEqual([table]);
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

const totalsOf = (predictions: number) => ({ predictions, errors: 0, health_checks: 0 });
const session = (predictions: number) => ({ ...totalsOf(predictions), at_ms: testStartMs });
const endedTotals = (predictions: number, sessions = {}) =>
  JSON.stringify({ totals: totalsOf(predictions), sessions });

it("counts no session again that ended since", async () => {
  const { store, restore } = createBucket();
  const key = sessionTotalsKey("", "session");
  const backup = backUp(new Map([[key, "then"]]));
  store.objects.set(endedTotalsKey(""), endedTotals(7));
  await restore(backup);
  expect(store.objects.has(key)).toBe(false);

  store.objects.clear();
  await restore(backup);
  expect(store.objects.has(key)).toBe(true);
});

it("adds totals that began anew to those of the backup, and keeps those that went on", async () => {
  const { store, restore } = createBucket();
  const key = sessionTotalsKey("", "live");
  const live = JSON.stringify(session(50));
  const totals = endedTotals(1_000, { early: session(400), late: session(600) });
  const backup = backUp(new Map([[endedTotalsKey(""), totals]]).set(key, live));
  store.objects.set(endedTotalsKey(""), endedTotals(610, { late: session(607), next: session(3) }));
  await restore(backup);
  expect(JSON.parse(store.objects.get(endedTotalsKey("")) ?? "")).toEqual({
    totals: totalsOf(1_010),
    sessions: { early: session(400), late: session(607), next: session(3) },
  });
  expect(store.objects.get(key)).toBe(live);

  store.objects.clear();
  store.objects.set(endedTotalsKey(""), endedTotals(1_050));
  await restore(backup);
  expect([...store.objects]).toEqual([[endedTotalsKey(""), endedTotals(1_050)]]);
});

it("adds totals of sessions that are forgotten already to those of the backup", async () => {
  const { store, restore } = createBucket();
  const backup = backUp(new Map([[endedTotalsKey(""), endedTotals(1_000)]]));
  store.objects.set(endedTotalsKey(""), endedTotals(300, { late: session(50) }));
  await restore(backup);
  expect(JSON.parse(store.objects.get(endedTotalsKey("")) ?? "")).toEqual({
    totals: totalsOf(1_300),
    sessions: { late: session(50) },
  });
});

it("brings every total back when it is repeated after a failure", async () => {
  const { store, restore } = createBucket();
  const sessions = Array.from({ length: 20 }, (_, i) => sessionTotalsKey("", `${i}`));
  const backup = backUp(
    new Map(
      [[endedTotalsKey(""), endedTotals(9)]].concat(sessions.map((key) => [key, "{}"])) as [string, string][],
    ),
  );
  const { putObject } = store;
  let puts = 0;
  store.putObject = async (...parameters) => {
    puts += 1;
    if (puts > 5) throw new Error("S3 fails");
    return putObject(...parameters);
  };
  await expect(restore(backup)).rejects.toThrow("S3 fails");
  store.putObject = putObject;
  await restore(backup);
  expect([...store.objects.keys()].sort()).toEqual([...sessions, endedTotalsKey("")].sort());
});

describe("API keys", () => {
  const make = (name: string) =>
    createKey({ name, nowMs: Date.now(), expiresAtMs: Date.now() + 60_000 }).stored;
  const [clinic, practice, own] = [make("clinic"), make("practice"), make("npm-start")];
  const fileOf = (...keys: StoredKey[]) => JSON.stringify({ keys });
  const backup = (...keys: StoredKey[]) => backUp(new Map([[keyFile(""), fileOf(...keys)]]));
  const keysOf = ({ store }: ReturnType<typeof createBucket>) =>
    readKeys({ store, bucket: "bucket", prefix: "" });

  it("come back beside the key that npm start has made since the loss", async () => {
    const bucket = createBucket();
    bucket.store.objects.set(keyFile(""), fileOf(own));
    expect(await bucket.restore(backup(clinic, make("npm-start"), practice))).toEqual([]);
    expect(await keysOf(bucket)).toEqual([own, clinic, practice]);

    bucket.store.objects.clear();
    await bucket.restore(backup(clinic));
    expect(await keysOf(bucket)).toEqual([clinic]);
  });

  it("stay revoked, and those that are left out are named", async () => {
    const bucket = createBucket();
    const over = { ...make("over"), expires_at: new Date(Date.now() - 1).toISOString() };
    const present = fileOf(practice, own);
    bucket.store.objects.set(keyFile(""), present);
    expect(await bucket.restore(backup(clinic, practice, over))).toEqual([clinic]);
    expect(bucket.store.objects.get(keyFile(""))).toBe(present);
  });

  it("stay revoked where all were", async () => {
    const bucket = createBucket();
    const revoked = { ...clinic, expires_at: revokedAt };
    bucket.store.objects.set(keyFile(""), fileOf(revoked, own));
    expect(await bucket.restore(backup(clinic, practice))).toEqual([practice]);
    expect(await keysOf(bucket)).toEqual([revoked, own]);
  });
});
