import { spawnSync } from "node:child_process";

/** What a system reports about its running processes. */
export interface ProcessTable {
  /** When a process started, in the system's own format; undefined when it is not running, or is a zombie. */
  readStart(processId: number): string | undefined;
  readCommandLine(processId: number): string | undefined;
  /** Numbers of the processes that have this variable (`NAME=value`) in their environment. */
  findByEnvironment(variable: string): number[];
}

const timeoutMs = 10_000;
const maxOutputBytes = 64 * 1024 * 1024;

/** The table from ps on macOS, the BSDs and Linux. ps shows only the environment of this user's processes. */
export const psTable: ProcessTable = {
  readStart(processId) {
    const [state, ...start] = runPs(["-o", "state=,lstart=", "-p", String(processId)]).split(/\s+/);
    return state === undefined || state === "" || state.startsWith("Z") ? undefined : start.join(" ");
  },

  readCommandLine(processId) {
    return runPs(["-ww", "-o", "command=", "-p", String(processId)]) || undefined;
  },

  findByEnvironment(variable) {
    return runPs(["axeww", "-o", "pid=,command="])
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => ` ${line} `.includes(` ${variable} `))
      .map((line) => Number.parseInt(line, 10));
  },
};

/** Runs ps and returns its trimmed output; empty when it finds nothing. */
function runPs(parameters: string[]): string {
  const { stdout } = spawnSync("ps", parameters, {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
    timeout: timeoutMs,
    maxBuffer: maxOutputBytes,
  });
  return (stdout ?? "").trim();
}
