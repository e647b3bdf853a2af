import { setTimeout as sleep } from "node:timers/promises";
import { mapInParallel } from "../../shared/resilience/in-parallel.ts";
import { StackError } from "../stack/stack-error.ts";

const timeoutMs = 60_000;
const parallelRequests = 2;
/** A new key is accepted within half a minute. */
const newKeyMs = 40_000;
const pauseMs = 1_000;

/**
 * Posts photographs to POST /predict as a clinic's software does.
 *
 * @param headers that identify the caller
 * @param onSent told how many have been answered
 * @throws StackError when the service does not answer, or not with a prediction
 */
export async function sendPhotographs(
  { address, headers }: { address: string; headers: Record<string, string> },
  photographs: readonly Buffer[],
  onSent: (count: number) => void,
): Promise<void> {
  let sent = 0;
  const deadlineMs = Date.now() + newKeyMs;
  await mapInParallel(photographs, parallelRequests, async (photograph) => {
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(photograph)], { type: "image/jpeg" }), "demo.jpg");
    const post = () =>
      fetch(`${address}/predict`, {
        method: "POST",
        // Nobody was asked whether a photograph of `--folder` may be kept.
        headers: { ...headers, "x-keep-photograph": "no" },
        body: form,
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: Error) => {
        throw new StackError(`${address} does not answer (${error.message}). Start it first: npm start`);
      });
    let answer = await post();
    while (answer.status === 403 && Date.now() < deadlineMs) {
      await sleep(pauseMs);
      answer = await post();
    }
    const text = await answer.text();
    if (answer.status !== 200) throw new StackError(`POST /predict answered ${answer.status}: ${text}`);
    sent += 1;
    onSent(sent);
  });
}
