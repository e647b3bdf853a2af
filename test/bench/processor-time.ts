import { readFileSync } from "node:fs";
import { listTree } from "./memory.ts";

/** Of Linux on every architecture that Node runs on: USER_HZ is 100. */
const tickMs = 10;

/**
 * Processor time in ms of a process and all it started, since their start, in the program and in the system; of children that have
 * ended as well, once they were waited for. It stays the same number on a machine that is busy with other work.
 */
export const readTreeProcessorMs = (processId: number): number =>
  listTree(processId).reduce((sum, id) => sum + readProcessorMs(id), 0);

function readProcessorMs(processId: number): number {
  try {
    const text = readFileSync(`/proc/${processId}/stat`, "utf8");
    // The name, in parentheses, may hold anything. After it: state, ppid, ... utime, stime, cutime, cstime (proc_pid_stat(5)).
    const ticks = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 15)
      .map(Number);
    return tickMs * ticks.reduce((sum, count) => sum + count, 0);
  } catch {
    return 0;
  }
}

/** Which part of the local stack a process is; undefined when it is none. */
export function nameStackService(processId: number): string | undefined {
  const commands = listTree(processId).map(readCommand).join(" ");
  // PostgreSQL's processes carry the name of their database, which is mlflow.
  if (commands.includes("bin/postgres")) return "PostgreSQL";
  if (commands.includes("weed")) return "S3";
  return commands.includes("mlflow") ? "MLflow" : undefined;
}

function readCommand(processId: number): string {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
