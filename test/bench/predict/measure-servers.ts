import { setTimeout as sleep } from "node:timers/promises";
import { closeAtEnd } from "../closing.ts";
import { type Load, type LoadResult, sendLoad, sendOnce, summarizeLoads } from "../load.ts";
import { listChildren, readTreeRssMb } from "../memory.ts";
import { nameStackService, readTreeProcessorMs } from "../processor-time.ts";
import type { Photographs } from "./photographs.ts";
import type { Contestant } from "./servers.ts";

const rounds = 3;
/** Of one load in one round. */
const longestSeconds = 2;
/** Long enough for the work after the answers, which runs once per second, to be done. */
const settleMs = 1_500;

/** What every server is asked, in this order, in each round. */
export const loads = {
  small: { photograph: "small", clients: 1, requests: 100 },
  medium: { photograph: "medium", clients: 1, requests: 100 },
  sample: { photograph: "sample", clients: 1, requests: 40 },
  large: { photograph: "large", clients: 1, requests: 30 },
  fourClients: { photograph: "small", clients: 4, requests: 400 },
  sixteenClients: { photograph: "small", clients: 16, requests: 400 },
} as const satisfies Record<string, { photograph: keyof Photographs; clients: number; requests: number }>;
type LoadName = keyof typeof loads;

/** The load whose processor time is measured. */
const accounted: LoadName = "medium";

export interface ServerResult {
  name: string;
  /** From its start to its first answer. */
  readySeconds: number;
  loads: Record<LoadName, LoadResult>;
  /** Processor milliseconds per request (512 x 512, one client) of the server and of each part of the stack. */
  processorMs: Record<string, number>;
  /** Resident memory of all its processes at the end. */
  rssMb: number;
  /** What it said of the sample, in percent. */
  percents: Record<string, number>;
}

interface Running {
  name: string;
  url: string;
  readySeconds: number;
  percents: Record<string, number>;
  processIds: number[];
  measured: Record<LoadName, Load[]>;
  processorMs: Record<string, number>[];
}

/**
 * Starts all servers, then asks one after another, load by load and round by round: what else the machine does meets all of them
 * alike. An idle server takes no processor time.
 */
export async function measureServers(
  contestants: readonly Contestant[],
  photographs: Photographs,
  say: (message: string) => void,
): Promise<ServerResult[]> {
  const stack = Object.fromEntries(
    listChildren(process.pid).flatMap((id) => {
      const name = nameStackService(id);
      return name === undefined ? [] : [[name, [id]]];
    }),
  );
  const servers: Running[] = [];
  for (const contestant of contestants) {
    say(`starting ${contestant.name}`);
    servers.push(await startServer(contestant, photographs));
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of Object.keys(loads) as LoadName[]) {
      say(`round ${round} of ${rounds}: ${name}`);
      for (const server of servers) await measureLoad(server, name, photographs, stack);
    }
  }
  return servers.map(summarize);
}

async function startServer({ name, start }: Contestant, photographs: Photographs): Promise<Running> {
  const before = new Set(listChildren(process.pid));
  const startedMs = performance.now();
  const server = await start();
  closeAtEnd(server.stop);
  const url = `${server.address}/predict`;
  const answer = (await sendOnce(url, photographs.sample)) as { all_predictions: Record<string, number> };
  const readySeconds = (performance.now() - startedMs) / 1000;
  const processIds = listChildren(process.pid).filter((id) => !before.has(id));
  await sendLoad(url, photographs.small, { clients: 4, requests: 60, seconds: 10, warmup: 0 });
  const measured = Object.fromEntries(
    Object.keys(loads).map((load) => [load, []]),
  ) as unknown as Running["measured"];
  return { name, url, readySeconds, percents: answer.all_predictions, processIds, measured, processorMs: [] };
}

async function measureLoad(
  server: Running,
  name: LoadName,
  photographs: Photographs,
  stack: Record<string, number[]>,
): Promise<void> {
  const { photograph, clients, requests } = loads[name];
  const options = { clients, requests, seconds: longestSeconds, warmup: 3 };
  const parts = { server: server.processIds, ...stack };
  if (name === accounted) await sleep(settleMs);
  const before = readParts(parts);
  const load = await sendLoad(server.url, photographs[photograph], options);
  server.measured[name].push(load);
  if (name !== accounted) return;
  await sleep(settleMs);
  const answered = load.times.length + load.failed + options.warmup;
  server.processorMs.push(
    Object.fromEntries(
      Object.entries(readParts(parts)).map(([part, ms]) => [part, (ms - (before[part] ?? 0)) / answered]),
    ),
  );
}

const readParts = (parts: Record<string, number[]>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(parts).map(([part, ids]) => [
      part,
      ids.reduce((sum, id) => sum + readTreeProcessorMs(id), 0),
    ]),
  );

function summarize({
  name,
  readySeconds,
  percents,
  processIds,
  measured,
  processorMs,
}: Running): ServerResult {
  const names = Object.keys(loads) as LoadName[];
  const mean = (part: string) =>
    processorMs.reduce((sum, ms) => sum + (ms[part] ?? 0), 0) / processorMs.length;
  return {
    name,
    readySeconds,
    percents,
    loads: Object.fromEntries(
      names.map((load) => [load, summarizeLoads(measured[load])]),
    ) as ServerResult["loads"],
    processorMs: Object.fromEntries(Object.keys(processorMs[0] ?? {}).map((part) => [part, mean(part)])),
    rssMb: processIds.reduce((sum, id) => sum + readTreeRssMb(id), 0),
  };
}
