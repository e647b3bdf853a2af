import { readdirSync, readFileSync } from "node:fs";

/** A process and all it started that have not ended (Linux). */
export function listTree(processId: number): number[] {
  const parents = readParents();
  const tree = new Set([processId]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [child, parent] of parents) {
      if (tree.has(parent) && !tree.has(child)) {
        tree.add(child);
        grew = true;
      }
    }
  }
  return [...tree];
}

/** Resident memory in MB of a process and all it started, now. */
export const readTreeRssMb = (processId: number): number =>
  listTree(processId).reduce((sum, id) => sum + readStatus(id, "VmRSS"), 0);

/** Processes that a process has started and that have not ended. */
export const listChildren = (processId: number): number[] =>
  readParents().flatMap(([child, parent]) => (parent === processId ? [child] : []));

/** Resident memory in MB of one process, now. */
export const readRssMb = (processId: number): number => readStatus(processId, "VmRSS");

/** Highest resident memory that a process ever had, in MB. */
export const readPeakRssMb = (processId: number): number => readStatus(processId, "VmHWM");

function readParents(): [child: number, parent: number][] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const parent = /^PPid:\s+(\d+)/m.exec(readStatusText(Number(name)))?.[1];
      return parent === undefined ? [] : [[Number(name), Number(parent)] as [number, number]];
    });
}

function readStatus(processId: number, field: "VmRSS" | "VmHWM"): number {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readStatusText(processId))?.[1];
  return kilobytes === undefined ? 0 : Number(kilobytes) / 1024;
}

/** Empty for a process that is gone. */
function readStatusText(processId: number): string {
  try {
    return readFileSync(`/proc/${processId}/status`, "utf8");
  } catch {
    return "";
  }
}
