import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface SlowProxy {
  /** http://127.0.0.1:port */
  url: string;
  /** Requests that were passed on. */
  requests(): number;
  /** Mean number of requests under way at once since the last time it was asked. */
  takeMeanConcurrency(): number;
  stop(): void;
}

/** Stands before an HTTP server and makes it slow: one request at a time, each `delayMs` longer. */
export async function startSlowProxy(target: string, delayMs: number): Promise<SlowProxy> {
  let turn = Promise.resolve();
  let requests = 0;
  let underWay = 0;
  let sum = 0;
  let countedMs = performance.now();
  let sinceMs = countedMs;
  const count = (change: number) => {
    const nowMs = performance.now();
    sum += underWay * (nowMs - countedMs);
    countedMs = nowMs;
    underWay += change;
  };

  const server = http.createServer(async (incoming, outgoing) => {
    count(1);
    outgoing.on("close", () => count(-1));
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const pass = async () => {
      await sleep(delayMs);
      requests += 1;
      const answer = await fetch(target + incoming.url, {
        method: incoming.method ?? "GET",
        headers: { "content-type": "application/json", authorization: incoming.headers.authorization ?? "" },
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      });
      outgoing.writeHead(answer.status, { "content-type": "application/json" });
      outgoing.end(Buffer.from(await answer.arrayBuffer()));
    };
    turn = turn.then(pass).catch(() => {
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    takeMeanConcurrency() {
      count(0);
      const mean = sum / (countedMs - sinceMs);
      sum = 0;
      sinceMs = countedMs;
      return mean;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
