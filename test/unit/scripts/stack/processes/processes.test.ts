import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import {
  endProcesses,
  findStackProcesses,
  isRunning,
  type ProcessIdentity,
  readIdentity,
  stackMark,
} from "../../../../../scripts/stack/processes/processes.ts";
import { psTable } from "../../../../../scripts/stack/processes/ps-table.ts";

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function start(script: string, environment: Record<string, string> = {}): Promise<ProcessIdentity> {
  const child = spawn("sh", ["-c", `${script}; echo ready; sleep 60 & wait`], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  children.push(child);
  await once(child.stdout as NodeJS.ReadableStream, "data");
  const identity = readIdentity(child.pid ?? 0);
  if (identity === undefined) throw new Error("It did not start.");
  return identity;
}

it("tells a process from a later one of the same number", () => {
  const self = readIdentity(process.pid);
  expect(self).toBeDefined();
  expect(isRunning(self as ProcessIdentity)).toBe(true);
  expect(isRunning({ processId: process.pid, startTicks: "1" })).toBe(false);
});

it("finds the processes of one stack, their children too, and no others", async () => {
  const directory = `/nowhere/${process.pid}`;
  const own = await start("true", { [stackMark]: directory });
  await start("true", { [stackMark]: `${directory}-other` });
  const found = findStackProcesses(directory).map(({ processId }) => processId);
  expect(found).toContain(own.processId);
  expect(found).toHaveLength(2);
});

it("ends processes, those too that do not listen", async () => {
  const polite = await start("true");
  const stubborn = await start("trap '' INT");
  expect(await endProcesses([polite, stubborn], 200)).toBe(2);
  expect([polite, stubborn].some(isRunning)).toBe(false);
});

it("leaves a process alone that only has the number of one it knew", async () => {
  const other = await start("true");
  expect(await endProcesses([{ ...other, startTicks: "1" }], 200)).toBe(0);
  expect(isRunning(other)).toBe(true);
});

it("is told the same by ps, where there is no /proc", async () => {
  const directory = `/nowhere/ps-${process.pid}`;
  const own = await start("true", { [stackMark]: directory });
  await start("true", { [stackMark]: `${directory}-other` });

  const found = psTable.findByEnvironment(`${stackMark}=${directory}`);
  expect(found).toContain(own.processId);
  expect(found).toHaveLength(2);
  expect(psTable.readCommandLine(own.processId)).toContain("echo ready");
  const started = psTable.readStart(own.processId);
  expect(started).toMatch(/\d\d:\d\d:\d\d/);
  expect(psTable.readStart(own.processId)).toBe(started);

  children[0]?.kill("SIGKILL");
  await once(children[0] as ChildProcess, "exit");
  expect(psTable.readStart(own.processId)).toBeUndefined();
});
