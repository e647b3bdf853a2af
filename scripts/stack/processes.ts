import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/** In the environment of every process that belongs to a stack: its state folder. */
export const stackMark = "FUNDUS_STACK_DIRECTORY";

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  processId: number;
  /** Clock ticks from the machine's start to the process's (proc(5), stat, field 22). */
  startTicks: string;
}

/** Identity of a running process; undefined when there is none of that number, or only its remains (zombie). */
export function readIdentity(processId: number): ProcessIdentity | undefined {
  const stat = readProcessFile(processId, "stat");
  // The second field, the command's name, is the only one that may hold spaces; it ends with the last ")".
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  const state = fields?.[0];
  const startTicks = fields?.[19];
  if (state === undefined || state === "Z" || startTicks === undefined) return undefined;
  return { processId, startTicks };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return readIdentity(identity.processId)?.startTicks === identity.startTicks;
}

/** Command line of a process as a person would type it, at most 80 characters. */
export function readCommandLine(processId: number): string | undefined {
  const commandLine = readProcessFile(processId, "cmdline")?.split("\0").join(" ").trim();
  return commandLine === undefined || commandLine === "" ? undefined : commandLine.slice(0, 80);
}

/** Every running process that was started for the stack in this folder, this process left out. */
export function findStackProcesses(directory: string): ProcessIdentity[] {
  const mark = `${stackMark}=${directory}`;
  return listProcessIds()
    .filter((processId) => processId !== process.pid)
    .filter((processId) => readProcessFile(processId, "environ")?.split("\0").includes(mark))
    .map(readIdentity)
    .filter((identity) => identity !== undefined);
}

export function listProcessIds(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/**
 * Asks processes to end, waits, and kills those that did not. The question is SIGINT: every server of the stack ends
 * in order on it, and PostgreSQL does not wait for its clients, as it would on SIGTERM.
 *
 * @returns how many were running
 */
export async function endProcesses(processes: ProcessIdentity[], timeoutMs: number): Promise<number> {
  const running = processes.filter(isRunning);
  for (const { processId } of running) sendSignal(processId, "SIGINT");
  const deadline = Date.now() + timeoutMs;
  while (running.some(isRunning) && Date.now() < deadline) await wait(50);
  for (const { processId } of running.filter(isRunning)) sendSignal(processId, "SIGKILL");
  while (running.some(isRunning)) await wait(20);
  return running.length;
}

/** Sends a signal to a process, or to a whole group by its negative number; one that is gone is no error. */
export function sendSignal(processId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(processId, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function readProcessFile(processId: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${processId}/${name}`, "utf8");
  } catch {
    // It ended meanwhile, or it is another user's.
    return undefined;
  }
}
