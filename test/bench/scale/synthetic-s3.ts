// An S3 server that holds one hour of the inference log which nobody had to write: `node synthetic-s3.ts OBJECTS LATENCY_MS`
// prints its address. Objects are made when they are asked for; what is put is counted and kept.
import { randomUUID } from "node:crypto";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createLogKey } from "../../../shared/inference-log/log-keys.ts";
import { renderLogLine } from "../../../shared/inference-log/log-lines.ts";
import { createSession } from "../../../shared/tracking/session.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";

const [objects = 1_000, latencyMs = 15] = process.argv.slice(2).map(Number);
const pageSize = 1_000;
/** Every object is filled up to this size with empty lines, so that a listing need not make it. */
const objectBytes = 1_200;
const hourMs = Date.UTC(2026, 10, 25, 14);
const put = new Map<string, Buffer>();
const deleted = new Set<string>();

const timeOf = (index: number) => hourMs + Math.floor((index * 3_600_000) / objects);
const sessions = Array.from({ length: 20 }, () => randomUUID());
const sessionOf = (index: number) => sessions[index % sessions.length] ?? "";
const keys = Array.from({ length: objects }, (_, index) =>
  createLogKey("", {
    newestMs: timeOf(index),
    sessionId: sessionOf(index),
    sequence: index,
    predictions: 1,
  }),
);
const indexOf = new Map(keys.map((key, index) => [key, index]));

function render(index: number): string {
  const session = createSession({
    functionName: "predict",
    apiVersion: "0.2.0",
    environment: "production",
    now: () => timeOf(index),
    createId: randomUUID,
  });
  const confidence = 40 + ((index * 7919) % 6_000) / 100;
  const inference_time_ms = 4 + ((index * 104_729) % 500) / 100;
  const record = session.recordPrediction(createPredictionEvent({ confidence, inference_time_ms }));
  return renderLogLine({
    ...record,
    session_id: sessionOf(index),
    step: Math.floor(index / sessions.length) + 1,
  });
}

function list(url: URL): string {
  const prefix = url.searchParams.get("prefix") ?? "";
  const after = url.searchParams.get("continuation-token") ?? url.searchParams.get("start-after") ?? "";
  const page: string[] = [];
  for (const key of [...keys, ...[...put.keys()].sort()]) {
    if (key <= after || !key.startsWith(prefix) || deleted.has(key)) continue;
    page.push(key);
    if (page.length > pageSize) break;
  }
  const isTruncated = page.length > pageSize;
  const contents = page
    .slice(0, pageSize)
    .map(
      (key) => `<Contents><Key>${key}</Key><Size>${put.get(key)?.length ?? objectBytes}</Size></Contents>`,
    );
  const next = isTruncated ? `<NextContinuationToken>${page[pageSize - 1]}</NextContinuationToken>` : "";
  return `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join("")}</ListBucketResult>`;
}

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://s3");
  const key = decodeURIComponent(url.pathname.split("/").slice(2).join("/"));
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  await sleep(latencyMs);
  if (request.method === "PUT") {
    put.set(key, body);
    deleted.delete(key);
    response.writeHead(200, { etag: '"put"' }).end();
  } else if (request.method === "POST") {
    for (const [, gone = ""] of body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)) {
      deleted.add(gone);
      put.delete(gone);
    }
    response.writeHead(200, { "content-type": "application/xml" }).end("<DeleteResult/>");
  } else if (key === "") {
    response.writeHead(200, { "content-type": "application/xml" }).end(list(url));
  } else {
    const index = indexOf.get(key);
    const found =
      put.get(key) ??
      (index === undefined || deleted.has(key) ? undefined : render(index).padEnd(objectBytes, "\n"));
    if (found === undefined) response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
    else response.writeHead(200, { etag: '"made"' }).end(found);
  }
}

const server = http.createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`);
});
