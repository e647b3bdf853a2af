import { closeAtEnd } from "../closing.ts";
import { type LoadResult, sendLoad, sendOnce } from "../load.ts";
import { listChildren, readTreeRssMb } from "../memory.ts";
import type { Photographs } from "./photographs.ts";
import type { Contestant } from "./servers.ts";

export interface ServerResult {
  name: string;
  /** From its start to its first answer. */
  readySeconds: number;
  /** The small photograph from one client, and from four at once. */
  oneClient: LoadResult;
  fourClients: LoadResult;
  /** The larger ones from one client. */
  sample: LoadResult;
  large: LoadResult;
  /** Resident memory of all its processes after the small photographs. */
  rssMb: number;
  /** What it said of the sample, in percent. */
  percents: Record<string, number>;
}

const longestSeconds = 6;

/** Starts a server, asks it, ends it. */
export async function measureServer(
  { name, start }: Contestant,
  photographs: Photographs,
): Promise<ServerResult> {
  const childrenBefore = new Set(listChildren(process.pid));
  const startedMs = performance.now();
  const server = await start();
  closeAtEnd(server.stop);
  try {
    const url = `${server.address}/predict`;
    const answer = await sendOnce(url, photographs.sample);
    const readySeconds = (performance.now() - startedMs) / 1000;
    const load = (file: string, clients: number, requests: number, warmup: number) =>
      sendLoad(url, file, { clients, requests, seconds: longestSeconds, warmup });
    const oneClient = await load(photographs.small, 1, 300, 50);
    const fourClients = await load(photographs.small, 4, 600, 20);
    const rssMb = listChildren(process.pid)
      .filter((child) => !childrenBefore.has(child))
      .reduce((sum, child) => sum + readTreeRssMb(child), 0);
    const sample = await load(photographs.sample, 1, 60, 3);
    const large = await load(photographs.large, 1, 60, 3);
    const { all_predictions: percents } = answer as { all_predictions: Record<string, number> };
    return { name, readySeconds, oneClient, fourClients, sample, large, rssMb, percents };
  } finally {
    await server.stop();
  }
}
