import { createMlflowClient, type MlflowClient, type MlflowClientOptions } from "../index.ts";

export interface FakeServer {
  client: MlflowClient;
  /** What was asked, in order. */
  requests: Request[];
}

/** Called with the options that fetch got besides the request: a signal, and a body that replaces the request's. */
type Answer = (init: RequestInit) => Response | Promise<Response>;

/** A client whose network is a list of responses; the last one is sent repeatedly. */
export function createFakeServer(answers: Answer[], options: Partial<MlflowClientOptions> = {}): FakeServer {
  const requests: Request[] = [];
  const client = createMlflowClient({
    trackingUri: "http://mlflow.example",
    retryDelayMs: 0,
    ...options,
    fetch: async (request, init = {}) => {
      requests.push(request);
      const answer = answers[Math.min(requests.length, answers.length) - 1] ?? (() => json({}));
      return Promise.race([answer(init), rejectWhenAborted(init.signal)]);
    },
  });
  return { client, requests };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

export function refusal(error_code: string, status: number, message = "refused"): Response {
  return json({ error_code, message }, status);
}

/** What fetch throws when the connection fails. */
export function connectionFailure(code: string): never {
  throw new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}

function rejectWhenAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}
