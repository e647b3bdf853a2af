import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

export interface LoadResult {
  requests: number;
  failed: number;
  p50Ms: number;
  p95Ms: number;
  perSecond: number;
}

/** Sends one photograph again and again as multipart/form-data: a bounded number of requests from `clients` at once. */
export async function sendLoad(
  url: string,
  photograph: string,
  options: { clients: number; requests: number; warmup: number },
): Promise<LoadResult> {
  const body = multipart(readFileSync(photograph));
  const agent = new Agent({ keepAlive: true, maxSockets: options.clients });
  const round = async (count: number) => {
    const times: number[] = [];
    let failed = 0;
    let left = count;
    const client = async () => {
      while (left-- > 0) {
        const startedAt = performance.now();
        if ((await post(url, agent, body)) === 200) times.push(performance.now() - startedAt);
        else failed++;
      }
    };
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: options.clients }, client));
    return { times, failed, seconds: (performance.now() - startedAt) / 1000 };
  };
  await round(options.warmup);
  const { times, failed, seconds } = await round(options.requests);
  agent.destroy();
  return {
    requests: options.requests,
    failed,
    p50Ms: computeQuantile(times, 0.5),
    p95Ms: computeQuantile(times, 0.95),
    perSecond: times.length / seconds,
  };
}

/** The smallest value that at least a fraction `q` of the values does not exceed; NaN without values. */
export function computeQuantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

const boundary = "bench-7c9e6679";

function multipart(photograph: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="fundus.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`,
    ),
    photograph,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

function post(url: string, agent: Agent, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent,
        method: "POST",
        timeout: 60_000,
        headers: {
          "content-type": `multipart/form-data; boundary=${boundary}`,
          "content-length": body.length,
        },
      },
      (incoming) => {
        incoming.resume();
        incoming.on("end", () => resolve(incoming.statusCode ?? 0)).on("error", reject);
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer within 60 s"))).on("error", reject);
    outgoing.end(body);
  });
}
