import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { StackError } from "../stack/stack-error.ts";

const requestTimeoutMs = 60_000;
const pauseMs = 1_000;
/** On a slow machine the first environments run out of time while they load the model. */
const notReadyYet = [503, 504];

export interface FirstRequest {
  address: string;
  photograph: string;
  headers?: Record<string, string> | undefined;
  /** For how long to ask again while the service is not ready. */
  timeoutMs?: number;
  /** Told each time that the service is not ready. */
  say?: (message: string) => void;
}

/**
 * Posts a photograph as the printed example does.
 *
 * @returns one line with the answer
 * @throws StackError when the service answers something else, or is not ready in time
 */
export async function predictOnce(request: FirstRequest): Promise<string> {
  const { address, headers = {}, timeoutMs = 120_000, say = () => {} } = request;
  const form = new FormData();
  form.set("file", new Blob([await readFile(request.photograph)]), path.basename(request.photograph));
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const response = await fetch(`${address}/predict`, {
      method: "POST",
      body: form,
      headers,
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    const answer = await response.text();
    if (response.status === 200) return describe(answer);
    if (!notReadyYet.includes(response.status) || Date.now() > deadline)
      throw new StackError(`POST /predict answered ${response.status}: ${answer}`);
    say("the service is not ready yet; asking it again");
    await wait(pauseMs);
  }
}

function describe(answer: string): string {
  const { predicted_class, confidence, model } = JSON.parse(answer);
  return `${predicted_class} (${confidence} %) by ${model?.name} version ${model?.version}, ${model?.source}`;
}
