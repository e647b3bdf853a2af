import { setTimeout as sleep } from "node:timers/promises";
import type { ResolveCredentials } from "./s3-connection.ts";
import { AwsRefusalError, type AwsResponse, sendRequest } from "./send-request.ts";
import { signRequest } from "./sign-request.ts";

/** A request that is to be signed; each segment of its path is encoded by `encodeSegment`. */
export interface PlainRequest {
  method: "GET" | "POST" | "PUT";
  /** The service that the signature names: `s3`, `firehose`, `sns`. */
  service: string;
  region: string;
  /** Protocol, host and port. */
  server: URL;
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

const maximumAttempts = 3;
const firstPauseMs = 50;
/** The server's clock minus ours; known once a server has refused a request because of its time. */
let clockOffsetMs = 0;

/**
 * Signs and sends a request without the SDK, which takes four times the processor time, and repeats it where that may
 * help. Credentials are looked up and the signature is made anew for each attempt.
 *
 * @param onRepeat called before the request is sent again; AWS may have done what it asked for already
 * @throws AwsRefusalError, or what the connection failed with
 */
export async function sendSigned(
  request: PlainRequest,
  resolveCredentials: ResolveCredentials,
  timeoutMs: number,
  onRepeat: () => void = () => {},
): Promise<AwsResponse> {
  const signal = AbortSignal.timeout(timeoutMs);
  let mustRenew = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const credentials = await resolveCredentials({ mustRenew });
      const { method, service, region, server, path, body = "" } = request;
      const headers = {
        host: server.host,
        ...(method !== "GET" && { "content-length": String(Buffer.byteLength(body)) }),
        ...request.headers,
      };
      const signing = { credentials, service, region, nowMs: Date.now() + clockOffsetMs };
      const signed = signRequest({ method, path, headers, body }, signing);
      return await sendRequest({ method, server, path, headers: signed, body, signal });
    } catch (error) {
      mustRenew = isExpired(error);
      if (attempt === maximumAttempts || signal.aborted || !(mustRenew || isPassing(error))) throw error;
      await sleep(firstPauseMs * 2 ** (attempt - 1) * Math.random());
      onRepeat();
    }
  }
}

const isExpired = (error: unknown) =>
  error instanceof AwsRefusalError &&
  ["ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired"].includes(error.name);

/** Where S3 says that the time is wrong, Firehose says that the signature is. */
const isSkewed = ({ name, message }: AwsRefusalError) =>
  name === "RequestTimeTooSkewed" ||
  (name === "InvalidSignatureException" && /Signature (expired|not yet current)/.test(message));

/**
 * Whether the same request may succeed a moment later: the connection broke, AWS is overloaded, or our clock is wrong.
 * In the last case the difference of the clocks is kept for the next signature.
 */
function isPassing(error: unknown): boolean {
  if (!(error instanceof AwsRefusalError)) return true;
  if (!isSkewed(error)) return error.status >= 500 || error.status === 429 || /Throttl/.test(error.name);
  if (Number.isNaN(error.dateMs)) return false;
  clockOffsetMs = error.dateMs - Date.now();
  return true;
}
