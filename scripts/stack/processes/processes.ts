import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type ProcessTable, psTable } from "./ps-table.ts";

/** Variable in the environment of every process of a stack; its value is the state folder. */
export const stackMark = "FUNDUS_STACK_DIRECTORY";

/** Identifies a process, so that a later one with the same number is not mistaken for it. */
export interface ProcessIdentity {
  processId: number;
  /** When the process started: clock ticks since the machine's start (proc(5), stat, field 22), or what ps shows. */
  startTicks: string;
}

/** Linux shows its processes as files; other systems are asked through ps. */
const table: ProcessTable = process.platform === "linux" ? createProcTable() : psTable;

/** Reads the identity of a running process; undefined when there is none with that number, or only a zombie. */
export function readIdentity(processId: number): ProcessIdentity | undefined {
  const startTicks = table.readStart(processId);
  return startTicks === undefined ? undefined : { processId, startTicks };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return readIdentity(identity.processId)?.startTicks === identity.startTicks;
}

/** Reads the command line of a process as a person would type it, at most 80 characters. */
export function readCommandLine(processId: number): string | undefined {
  const commandLine = table.readCommandLine(processId)?.trim();
  return commandLine === undefined || commandLine === "" ? undefined : commandLine.slice(0, 80);
}

/** Finds every running process that was started for the stack in this folder, except this process. */
export function findStackProcesses(directory: string): ProcessIdentity[] {
  return table
    .findByEnvironment(`${stackMark}=${directory}`)
    .filter((processId) => processId !== process.pid)
    .map(readIdentity)
    .filter((identity) => identity !== undefined);
}

/**
 * Asks processes to end, waits, and kills those that do not. It sends SIGINT, because every server of the stack shuts down
 * cleanly on it, and PostgreSQL does not wait for its clients, as it would on SIGTERM.
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

/** Sends a signal to a process, or to a whole group by its negative number. It is not an error if the process is gone. */
export function sendSignal(processId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(processId, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function createProcTable(): ProcessTable {
  return {
    readStart(processId) {
      const stat = readProcessFile(processId, "stat");
      // The second field, the command's name, is the only one that may hold spaces; it ends with the last ")".
      const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields?.[0] === "Z" ? undefined : fields?.[19];
    },
    readCommandLine: (processId) => readProcessFile(processId, "cmdline")?.split("\0").join(" "),
    findByEnvironment: (variable) =>
      listProcessIds().filter((id) => readProcessFile(id, "environ")?.split("\0").includes(variable)),
  };
}

/** Empty where the system has no /proc. */
export function listProcessIds(): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function readProcessFile(processId: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${processId}/${name}`, "utf8");
  } catch {
    // It ended meanwhile, or belongs to another user.
    return undefined;
  }
}
