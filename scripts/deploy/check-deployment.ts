import dns from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { apiAddress } from "./endpoints.ts";
import type { Identify } from "./own-credentials.ts";

const samplePhotograph = "models/eye-disease/sample/normal-left-eye-cc0.jpg";
/** A first start fetches a model, and a new key or route may take half a minute to be known everywhere. */
const attempts = 8;
const pauseMs = 5_000;
const timeoutMs = 30_000;
/** Statuses that, like 5xx, a service may answer while it is starting; any other refusal is final. */
const passingStatuses = [401, 403, 404, 429];

class FinalAnswerError extends Error {}

interface Question {
  method: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer>;
}

/**
 * Asks the deployed address for one prediction and for its health. A domain of the operator's own has no address until there
 * is a DNS record, which can be made only after the deployment: then nothing is asked.
 *
 * @param identify undefined when this command cannot identify itself: then it asks only for health
 * @returns one line with the answers, which says so when the packaged model gave them; or with the record that is missing
 * @throws Error that says what was answered instead
 */
export async function checkDeployment(
  outputs: Record<string, string>,
  identify: Identify | undefined,
): Promise<string> {
  const address = apiAddress(outputs);
  const { hostname } = new URL(address);
  if (outputs.DomainTarget !== undefined && !(await hasAddress(hostname))) {
    return `nothing was asked, because ${hostname} has no address yet. Make a DNS record of it (an alias or CNAME) that points to ${outputs.DomainTarget}, then check with npm run doctor -- ${address}`;
  }
  const prediction =
    identify === undefined
      ? "no prediction was requested, because only your issuer gives tokens"
      : await predict(address, identify);
  const health = await askUntilFine(address, { method: "GET", path: "/health" });
  return `${prediction}; /health says ${health.status}`;
}

/** False only where DNS says that the name has none. */
async function hasAddress(hostname: string): Promise<boolean> {
  try {
    await dns.lookup(hostname);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOTFOUND";
  }
}

async function predict(address: string, identify: Identify): Promise<string> {
  const body = new Uint8Array(await readFile(samplePhotograph));
  const question = {
    method: "POST",
    path: "/predict",
    headers: { "content-type": "image/jpeg" },
    body,
  } as const;
  const { predicted_class, confidence, model } = await askUntilFine(address, question, identify);
  const { version, source } = model as { version?: string; source?: string };
  const answer = `${predicted_class} (${confidence} %) by version ${version}, ${source}`;
  if (source !== "local_file") return answer;
  return `${answer}: the packaged model, not a version of the registry (npm run doctor -- ${address} says why)`;
}

async function askUntilFine(
  address: string,
  question: Question,
  identify?: Identify,
): Promise<Record<string, unknown>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(address, question, identify);
    } catch (error) {
      if (attempt === attempts || error instanceof FinalAnswerError) throw error;
      await sleep(pauseMs);
    }
  }
}

async function ask(
  address: string,
  { method, path, headers = {}, body }: Question,
  identify: Identify = async (request) => request.headers,
): Promise<Record<string, unknown>> {
  const url = new URL(address + path);
  const response = await fetch(url, {
    method,
    headers: await identify({ method, url, headers, body: body ?? new Uint8Array() }),
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  if (response.status === 200) return JSON.parse(text);
  const { status } = response;
  const message = `Expected ${method} ${path} of the deployed address to be answered 200 but received ${status}: ${text.slice(0, 300)}`;
  throw status < 500 && !passingStatuses.includes(status)
    ? new FinalAnswerError(message)
    : new Error(message);
}
