import http, { type IncomingHttpHeaders } from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";

export interface PutRequest {
  /** Protocol, host and port; its path does not count. */
  server: URL;
  /** As it was signed: a URL would resolve what looks like a dot segment. */
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array;
  signal: AbortSignal;
}

/** S3 did not take a request; `name` is its code. */
export class S3RefusalError extends Error {
  readonly status: number;
  readonly dateMs: number;

  constructor(status: number, code: string, message: string, date: string | undefined) {
    super(message);
    this.name = code;
    this.status = status;
    /** S3's own clock; NaN when it did not say. */
    this.dateMs = Date.parse(date ?? "");
  }
}

const agents = {
  "http:": new http.Agent({ keepAlive: true }),
  "https:": new https.Agent({ keepAlive: true }),
};
/** Milliseconds in which nothing comes or goes. */
const silenceMs = 5_000;

/** Sends one PUT over a connection that stays open. @throws S3RefusalError, or what the connection failed with */
export function sendPut({ server, path, headers, body, signal }: PutRequest): Promise<IncomingHttpHeaders> {
  const { request } = server.protocol === "https:" ? https : http;
  const agent = agents[server.protocol as keyof typeof agents];
  const { hostname, port } = server;
  const options = { method: "PUT", hostname, port, path, agent, headers, signal, timeout: silenceMs };
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => {
      const { statusCode: status = 0, headers: received } = incoming;
      text(incoming).then((answer) => {
        if (status >= 200 && status < 300) resolve(received);
        else reject(readRefusal(status, answer, received.date));
      }, reject);
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`S3 was silent for ${silenceMs} ms`)));
    outgoing.on("error", (error) => reject(signal.aborted ? signal.reason : error));
    outgoing.end(body);
  });
}

function readRefusal(status: number, answer: string, date: string | undefined): S3RefusalError {
  const part = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer)?.[1];
  return new S3RefusalError(
    status,
    part("Code") ?? `HTTP ${status}`,
    part("Message") ?? "no reason given",
    date,
  );
}
