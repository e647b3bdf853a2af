import http, { type IncomingHttpHeaders } from "node:http";
import https from "node:https";
import { buffer } from "node:stream/consumers";

export interface SignedRequest {
  method: "GET" | "POST" | "PUT";
  /** Protocol, host and port; its path is ignored. */
  server: URL;
  /** Exactly as it was signed: a URL would resolve segments such as `..`. */
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array;
  signal: AbortSignal;
}

/** AWS refused a request; `name` is AWS's code for the error. */
export class AwsRefusalError extends Error {
  readonly status: number;
  readonly dateMs: number;

  constructor(status: number, code: string, message: string, date: string | undefined) {
    super(message);
    this.name = code;
    this.status = status;
    /** The server's clock, milliseconds since 1970; NaN when the response has no date. */
    this.dateMs = Date.parse(date ?? "");
  }
}

const agents = {
  "http:": new http.Agent({ keepAlive: true }),
  "https:": new https.Agent({ keepAlive: true }),
};
/** A connection on which nothing comes or goes for so long is given up. */
const silenceMs = 5_000;

export interface AwsResponse {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Sends one request over a connection that stays open. @throws AwsRefusalError, or what the connection failed with */
export function sendRequest({
  method,
  server,
  path,
  headers,
  body,
  signal,
}: SignedRequest): Promise<AwsResponse> {
  const { request } = server.protocol === "https:" ? https : http;
  const agent = agents[server.protocol as keyof typeof agents];
  const { hostname, port } = server;
  const options = { method, hostname, port, path, agent, headers, signal, timeout: silenceMs };
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => {
      const { statusCode: status = 0, headers: received } = incoming;
      buffer(incoming).then((content) => {
        if (status >= 200 && status < 300) resolve({ headers: received, body: content });
        else reject(readRefusal(status, content.toString(), received));
      }, reject);
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`${hostname} was silent for ${silenceMs} ms`)));
    outgoing.on("error", (error) => reject(signal.aborted ? signal.reason : error));
    outgoing.end(body);
  });
}

/** S3 and SNS describe an error in XML, Firehose in JSON. */
function readRefusal(status: number, text: string, headers: IncomingHttpHeaders): AwsRefusalError {
  const part = (name: string, field: string) =>
    new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ??
    new RegExp(`"${field}"\\s*:\\s*"([^"]*)"`, "i").exec(text)?.[1];
  const code = part("Code", "__type") ?? String(headers["x-amzn-errortype"] ?? `HTTP ${status}`);
  const name = code.replace(/^.*#/, "").replace(/:.*$/, "");
  return new AwsRefusalError(status, name, part("Message", "message") ?? "no reason given", headers.date);
}
