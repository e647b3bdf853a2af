import { request } from "node:http";

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** The body as JSON. */
  json<T = unknown>(): T;
}

interface RequestOptions {
  method?: string;
  /** Name, value, name, value ...: repeated and in this spelling, as fetch cannot. */
  headers?: string[];
  body?: Uint8Array | string;
}

/** One HTTP request exactly as given, on a connection of its own. */
export function send(
  url: string,
  { method = "GET", headers = [], body }: RequestOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? [] : ["content-length", String(Buffer.byteLength(body))];
    const { host } = new URL(url);
    const sent = request(
      url,
      { method, agent: false, headers: ["host", host, ...headers, ...length] },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: text,
            json: () => JSON.parse(text),
          });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
