import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  folderOfLog,
  inAttemptFolder,
  removeOtherAttempts,
  withLockedFolder,
} from "../../../shared/retraining/attempt-folder.ts";
import type { RetrainingOptions } from "../../../shared/retraining/retraining-options.ts";
import { runRetraining } from "../../../shared/retraining/run-retraining.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

const [first, second, third] = ["1", "2", "3"].map(
  (digit) => `019ac2fb-c4d8-7b51-9a55-0c3a5b0f6c1${digit}`,
) as [string, string, string];
const names = ["checkpoint.npz", "labelled", "large.npy", "output", "pixels.txt", "served.npy"];
let work: string;
beforeEach(() => {
  work = mkdtempSync(path.join(tmpdir(), "attempts-"));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

function fill(name: string): string {
  const folder = path.join(work, name);
  for (const inside of ["labelled", "output"]) mkdirSync(path.join(folder, inside), { recursive: true });
  for (const file of names.filter((file) => file.includes("."))) writeFileSync(path.join(folder, file), "x");
  writeFileSync(path.join(folder, "labelled", "photograph.png"), "pixels");
  return folder;
}

it("removes the folder of a training that ended, well or not", async () => {
  const folder = fill(first);
  expect(await inAttemptFolder(folder, async () => "done")).toBe("done");
  expect(existsSync(folder)).toBe(false);
  fill(first);
  await expect(inAttemptFolder(folder, () => Promise.reject(new Error("no memory")))).rejects.toThrow(
    "no memory",
  );
  expect(existsSync(folder)).toBe(false);
});

it.each([
  ["SIGINT", ["checkpoint.npz", "output"]],
  ["SIGTERM", ["checkpoint.npz", "output"]],
  ["SIGKILL", names],
] as const)("leaves after %s no photograph, if it can, and the checkpoints", async (signal, left) => {
  const folder = fill(first);
  const ready = path.join(work, "ready");
  const module = (name: string) => JSON.stringify(path.resolve(`${name}.ts`));
  writeFileSync(
    path.join(work, "training.ts"),
    `import { writeFileSync } from "node:fs";
import { endOnSignals } from ${module("scripts/cli/end-on-signals")};
import { inAttemptFolder, withLockedFolder } from ${module("shared/retraining/attempt-folder")};
endOnSignals();
const folder = ${JSON.stringify(folder)};
const train = () => {
  writeFileSync(${JSON.stringify(ready)}, "");
  return new Promise((resolve) => setTimeout(resolve, 600_000));
};
await withLockedFolder(folder, () => inAttemptFolder(folder, train));
`,
  );
  const training = spawn(process.execPath, [path.join(work, "training.ts")], { stdio: "ignore" });
  const ended = new Promise((resolve) => training.once("exit", resolve));
  while (!existsSync(ready)) await sleep(20);
  await removeOtherAttempts(work, undefined);
  expect(readdirSync(folder).sort()).toEqual(names);
  training.kill(signal);
  await ended;
  expect(readdirSync(folder).sort()).toEqual(left);
});

it("removes what other attempts have left, and nothing else", async () => {
  for (const name of [first, second, third, "notes"]) fill(name);
  await removeOtherAttempts(work, second);
  expect(readdirSync(work).sort()).toEqual([second, "notes"].sort());
  await removeOtherAttempts(path.join(work, "none"), undefined);
});

it("refuses to work where another process works, and leaves its folder", async () => {
  const folder = fill(first);
  const { promise, resolve } = Promise.withResolvers<void>();
  const training = withLockedFolder(folder, () => promise);
  await expect(withLockedFolder(folder, async () => {})).rejects.toThrow(
    `Another npm run retrain works in ${folder}`,
  );
  expect(readdirSync(folder).sort()).toEqual(names);
  resolve();
  await training;
});

it("keeps the trainings of one inference log apart from those of another", () => {
  const folderOf = (changed: Partial<Parameters<typeof folderOfLog>[1]>) =>
    folderOfLog(work, { bucket: "log", prefix: "", endpoint: undefined, ...changed });
  const local = folderOf({ endpoint: "http://127.0.0.1:9000" });
  const others = [{ bucket: "other" }, { prefix: "eyes/" }, { endpoint: "https://s3.example.org" }];
  expect(new Set([folderOf({}), local, ...others.map(folderOf)]).size).toBe(5);
  expect(folderOf({ endpoint: "http://127.0.0.1:9001" })).toBe(local);
  expect(path.dirname(local)).toBe(work);
});

it("removes those of its inference log at the start of each call, although no training is due", async () => {
  const log = { bucket: "log", prefix: "" };
  const folder = folderOfLog(work, { ...log, endpoint: undefined });
  const another = path.basename(folderOfLog(work, { bucket: "other", prefix: "", endpoint: undefined }));
  fill(path.join(path.basename(folder), first));
  fill(path.join(another, second));
  const { outcome } = await runRetraining({
    location: { store: createMemoryStore(), ...log },
    settings: { labels: 1, onDrift: false, days: 0, cooldownDays: 7, promote: false },
    workFolder: work,
    isWanted: false,
  } as unknown as RetrainingOptions);
  expect(outcome).toMatch(/./);
  expect(readdirSync(folder)).toEqual([]);
  expect(readdirSync(path.join(work, another))).toEqual([second]);
});
