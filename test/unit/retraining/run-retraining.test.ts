import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createLabelStore } from "../../../shared/labels/label-store.ts";
import { decideRetraining } from "../../../shared/learning/decide-retraining.ts";
import { readLearningFacts } from "../../../shared/learning/read-facts.ts";
import { readRetrainingState, writeRetrainingState } from "../../../shared/learning/retraining-state.ts";
import { folderOfLog } from "../../../shared/retraining/attempt-folder.ts";
import type { RetrainingOptions } from "../../../shared/retraining/retraining-options.ts";
import { runRetraining } from "../../../shared/retraining/run-retraining.ts";
import { dayLengthMs } from "../../../shared/time/durations.ts";
import { createMemoryMlflow } from "../../support/memory-mlflow.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { predictionOf } from "../labels/prediction-of.ts";

const settings = { labels: 1, onDrift: true, days: 0, cooldownDays: 7, promote: false };

/** A service with one label and a drift, each of which calls for a training; every training fails. */
async function createWorld() {
  const workFolder = mkdtempSync(join(tmpdir(), "retraining-"));
  onTestFinished(() => rmSync(workFolder, { recursive: true, force: true }));
  const store = createMemoryStore();
  const location = { store, bucket: "log", prefix: "" };
  const prediction = predictionOf(Date.now() - dayLengthMs);
  const label = { prediction, label: "normal", labelledBy: "ana", source: "file" as const };
  await createLabelStore(location).add({ ...label, nowMs: Date.now() - 1_000 });
  store.objects.set("drift-state/alert.json", JSON.stringify({ episode: { id: "2026-11-28" } }));
  const options = {
    registry: { mlflow: createMemoryMlflow().client, store },
    ...{ location, photographs: undefined, settings, name: "eyes", workFolder },
    challengerAlias: "challenger",
    train: async () => {
      throw new Error("no memory");
    },
    isWanted: false,
  } as unknown as RetrainingOptions;
  const train = () => runRetraining(options);
  /** What is decided once the cool-down is over. */
  const decide = async (changed: Partial<typeof settings>) => {
    const facts = await readLearningFacts(location, Date.now());
    return decideRetraining({ ...facts, nowMs: facts.nowMs + 8 * dayLengthMs }, { ...settings, ...changed });
  };
  return { location, workFolder, train, decide };
}

it("a training that failed leaves the labels and the drift that called for it to the next one", async () => {
  const { location, train, decide } = await createWorld();
  await expect(train()).rejects.toThrow("no memory");
  expect((await readRetrainingState(location)).state).toMatchObject({
    phase: "failed",
    outcome: "no memory",
    labels_until_ms: 0,
    drift_episode: null,
  });
  expect(await decide({ onDrift: false })).toMatchObject({
    action: "train",
    reason: expect.stringMatching(/^1 new label/),
  });
  expect(await decide({ labels: 0 })).toMatchObject({
    action: "train",
    reason: expect.stringMatching(/^Drift/),
  });
});

it("a training that was interrupted, resumed and failed then leaves its labels to the next one", async () => {
  const { location, train, decide } = await createWorld();
  await expect(train()).rejects.toThrow();
  const { state, condition } = await readRetrainingState(location);
  if (state === undefined) throw new Error("Expected the state of the training");
  const begun = { phase: "training" as const, labels_until_ms: Date.now(), drift_episode: "2026-11-28" };
  await writeRetrainingState(location, { ...state, ...begun, lease_until_ms: 0 }, condition);
  await expect(train()).rejects.toThrow("no memory");
  expect((await decide({})).action).toBe("train");
});

it("a training that is killed each time is resumed twice, and then it has failed: the cool-down holds", async () => {
  const { location, train } = await createWorld();
  await expect(train()).rejects.toThrow();
  const { state, condition } = await readRetrainingState(location);
  if (state === undefined) throw new Error("Expected the state of the training");
  const killed = {
    ...state,
    phase: "training" as const,
    ...{ labels_until_ms: Date.now(), drift_episode: "2026-11-28", lease_until_ms: 0 },
  };
  await writeRetrainingState(location, killed, condition);
  const written: unknown[] = [];
  const { putObject } = location.store;
  // A process that is killed writes no end: only what it wrote at its beginning stays.
  location.store.putObject = async (bucket, key, body, options) => {
    const next = JSON.parse(String(body));
    if (next.phase !== "training") return '"killed before"';
    written.push(next.resumptions);
    return putObject(bucket, key, JSON.stringify({ ...next, lease_until_ms: 0 }), options);
  };
  await expect(train()).rejects.toThrow("no memory");
  await expect(train()).rejects.toThrow("no memory");

  expect(await train()).toEqual({ outcome: expect.stringContaining("RETRAINING_COOLDOWN_DAYS") });
  expect(written).toEqual([1, 2]);
  const facts = await readLearningFacts(location, Date.now());
  expect(facts).toMatchObject({
    newLabels: 1,
    last: { phase: "failed", outcome: "It was interrupted 3 times", drift_episode: null },
  });
});

it("leaves the checkpoints of an interrupted training where it cannot be resumed now", async () => {
  const { location, workFolder, train } = await createWorld();
  await expect(train()).rejects.toThrow();
  const { state, condition } = await readRetrainingState(location);
  if (state === undefined) throw new Error("Expected the state of the training");
  await writeRetrainingState(location, { ...state, phase: "training", lease_until_ms: 0 }, condition);
  const log = folderOfLog(workFolder, { bucket: "log", prefix: "", endpoint: undefined });
  const checkpoint = join(log, state.attempt, "final.checkpoint");
  mkdirSync(dirname(checkpoint), { recursive: true });
  writeFileSync(checkpoint, "weights");
  location.store.putObject = () => Promise.reject(new Error("S3 fails"));
  await expect(train()).rejects.toThrow("S3 fails");
  expect(existsSync(checkpoint)).toBe(true);
});

it("removes what trainings left in the work folder itself, where photographs were before each log had a folder", async () => {
  const { workFolder, train } = await createWorld();
  const left = join(workFolder, "019ac2fb-c4d8-4b51-9a55-0c3a5b0f6c11");
  mkdirSync(join(left, "labelled"), { recursive: true });
  await expect(train()).rejects.toThrow("no memory");
  expect(existsSync(left)).toBe(false);
});
