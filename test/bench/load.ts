import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

/** One round of requests. */
export interface Load {
  /** Milliseconds of each request that was answered. */
  times: number[];
  failed: number;
  seconds: number;
}

export interface LoadResult {
  requests: number;
  failed: number;
  p50Ms: number;
  p95Ms: number;
  perSecond: number;
}

interface LoadOptions {
  clients: number;
  /** Requests in all, fewer when `seconds` are over before. */
  requests: number;
  seconds: number;
  /** Requests before those that count, in at most the same time. */
  warmup: number;
}

/** Sends one photograph again and again as multipart/form-data, from `clients` at once. */
export async function sendLoad(url: string, photograph: string, options: LoadOptions): Promise<Load> {
  const body = multipart(readFileSync(photograph));
  const agent = new Agent({ keepAlive: true, maxSockets: options.clients });
  const round = async (count: number): Promise<Load> => {
    const times: number[] = [];
    let failed = 0;
    let left = count;
    const startedAt = performance.now();
    const endsAt = startedAt + options.seconds * 1000;
    const client = async () => {
      while (left-- > 0 && performance.now() < endsAt) {
        const sentAt = performance.now();
        const answer = await post(url, agent, body).catch(() => undefined);
        if (answer?.status === 200) times.push(performance.now() - sentAt);
        else failed++;
      }
    };
    await Promise.all(Array.from({ length: options.clients }, client));
    return { times, failed, seconds: (performance.now() - startedAt) / 1000 };
  };
  await round(options.warmup);
  const load = await round(options.requests);
  agent.destroy();
  return load;
}

/** Several rounds as one. */
export function summarizeLoads(loads: readonly Load[]): LoadResult {
  const times = loads.flatMap((load) => load.times);
  const failed = loads.reduce((sum, load) => sum + load.failed, 0);
  return {
    requests: times.length + failed,
    failed,
    p50Ms: computeQuantile(times, 0.5),
    p95Ms: computeQuantile(times, 0.95),
    perSecond: times.length / loads.reduce((sum, load) => sum + load.seconds, 0),
  };
}

/** Sends a photograph once and gives the answer. @throws Error when there is none, or not 200 */
export async function sendOnce(url: string, photograph: string): Promise<unknown> {
  const agent = new Agent();
  const { status, text } = await post(url, agent, multipart(readFileSync(photograph)));
  if (status !== 200) throw new Error(`Expected 200 of ${url} but received ${status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
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

interface Answer {
  status: number;
  text: string;
}

function post(url: string, agent: Agent, body: Buffer): Promise<Answer> {
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
        let text = "";
        incoming.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, text })).on("error", reject);
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer within 60 s"))).on("error", reject);
    outgoing.end(body);
  });
}
