import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { listProcessIds, readCommandLine } from "./processes.ts";

export interface PortHolder {
  processId: number;
  command: string;
}

/** The state "listening" in /proc/net/tcp (include/net/tcp_states.h). */
const listening = "0A";

/** Finds the process that listens on a TCP port; undefined when it belongs to another user or the system does not tell. */
export function findPortHolder(port: number): PortHolder | undefined {
  const sockets = new Set(["tcp", "tcp6"].flatMap((table) => listListeningSockets(table, port)));
  const processId = listProcessIds().find((candidate) => holdsSocket(candidate, sockets));
  if (processId === undefined) return undefined;
  return { processId, command: readCommandLine(processId) ?? "unknown" };
}

/** Lists the inode numbers of the sockets that listen on the port, from a table of /proc/net. */
function listListeningSockets(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  try {
    return readFileSync(`/proc/net/${table}`, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === listening)
      .map((fields) => fields[9] ?? "");
  } catch {
    return [];
  }
}

function holdsSocket(processId: number, sockets: Set<string>): boolean {
  if (sockets.size === 0) return false;
  const folder = `/proc/${processId}/fd`;
  try {
    return readdirSync(folder).some((descriptor) => {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${descriptor}`))?.[1];
      return inode !== undefined && sockets.has(inode);
    });
  } catch {
    return false;
  }
}
