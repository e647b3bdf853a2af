import { closeAtEnd } from "../closing.ts";
import { type LoadResult, sendLoad, sendOnce } from "../load.ts";
import { listChildren, readTreeRssMb } from "../memory.ts";
import type { Contestant } from "./servers.ts";

export interface ServerResult {
  name: string;
  /** From its start to its first answer. */
  readySeconds: number;
  oneClient: LoadResult;
  fourClients: LoadResult;
  /** Requests for a large photograph, where it was asked to. */
  large: LoadResult | undefined;
  /** Resident memory of all its processes after the load, without the large photograph. */
  rssMb: number;
  /** What it said of the sample, in percent. */
  percents: Record<string, number>;
}

const longestSeconds = 15;
const warmup = 20;

/** Starts a server, asks it, ends it. */
export async function measureServer(
  { name, start }: Contestant,
  { photograph, largePhotograph }: { photograph: string; largePhotograph: string | undefined },
): Promise<ServerResult> {
  const childrenBefore = new Set(listChildren(process.pid));
  const startedMs = performance.now();
  const server = await start();
  closeAtEnd(server.stop);
  try {
    const url = `${server.address}/predict`;
    const answer = await sendOnce(url, photograph);
    const readySeconds = (performance.now() - startedMs) / 1000;
    const load = (file: string, clients: number, requests: number) =>
      sendLoad(url, file, { clients, requests, seconds: longestSeconds, warmup });
    const oneClient = await load(photograph, 1, 300);
    const fourClients = await load(photograph, 4, 600);
    const rssMb = listChildren(process.pid)
      .filter((child) => !childrenBefore.has(child))
      .reduce((sum, child) => sum + readTreeRssMb(child), 0);
    const large = largePhotograph === undefined ? undefined : await load(largePhotograph, 1, 60);
    const { all_predictions: percents } = answer as { all_predictions: Record<string, number> };
    return { name, readySeconds, oneClient, fourClients, large, rssMb, percents };
  } finally {
    await server.stop();
  }
}
