import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import {
  findStackProcesses,
  isRunning,
  readIdentity,
  sendSignal,
  stackMark,
} from "../../../scripts/stack/processes/processes.ts";
import { type Stack, startStack } from "../../../scripts/stack/stack.ts";
import { keptData, leaveData, readData } from "./stack-client.ts";

let directory = "";
let stack: Stack | undefined;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "fundus-stack-"));
});

afterEach(async () => {
  await stack?.stop();
  stack = undefined;
  rmSync(directory, { recursive: true, force: true });
});

it("keeps its data from one start to the next, on other ports too", async () => {
  stack = await startStack({ directory });
  const firstPort = new URL(stack.mlflowUrl).port;
  await leaveData(stack);
  await stack.stop();
  expect(findStackProcesses(directory)).toEqual([]);
  // SeaweedFS leaves its socket: here, where it goes with the folder, and not in the one for temporary files.
  expect(readdirSync(directory)).toContain("s3.sock");

  stack = await startStack({ directory });
  expect(new URL(stack.mlflowUrl).port).not.toBe(firstPort);
  expect(await readData(stack)).toEqual(keptData);
});

it("goes on after its owner was killed", async () => {
  const owner = spawn(process.execPath, [path.join(import.meta.dirname, "owner-process.ts"), directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface(owner.stdout), "line");
  await leaveData(JSON.parse(line));
  owner.kill("SIGKILL");
  await once(owner, "exit");

  stack = await startStack({ directory });
  expect(await readData(stack)).toEqual(keptData);
});

it("starts its servers again that somebody killed, and says so", async () => {
  const troubles: string[] = [];
  stack = await startStack({ directory, onTrouble: (message) => troubles.push(message) });
  await leaveData(stack);
  for (const { processId } of findStackProcesses(directory)) sendSignal(processId, "SIGKILL");

  await vi.waitFor(
    () => {
      for (const name of ["PostgreSQL", "The S3 server", "MLflow"])
        expect(troubles).toContain(`${name} runs again.`);
    },
    { timeout: 150_000, interval: 200 },
  );
  expect(await readData(stack)).toEqual(keptData);
});

it("repairs what a half-finished start left behind", async () => {
  mkdirSync(path.join(directory, "postgres.unfinished/cluster"), { recursive: true });
  writeFileSync(path.join(directory, "postgres.unfinished/cluster/PG_VERSION"), "18\n");
  writeFileSync(
    path.join(directory, "owner.json"),
    JSON.stringify({ processId: process.pid, startTicks: "1" }),
  );
  const leftover = spawn("sleep", ["600"], {
    env: { PATH: process.env.PATH, [stackMark]: directory },
    detached: true,
    stdio: "ignore",
  });
  await once(leftover, "spawn");
  const identity = readIdentity(leftover.pid ?? 0);
  const messages: string[] = [];

  stack = await startStack({ directory, onProgress: (message) => messages.push(message) });
  expect(messages).toContain("ending 1 processes that an earlier start left behind");
  expect(identity !== undefined && isRunning(identity)).toBe(false);
  await leaveData(stack);
});
