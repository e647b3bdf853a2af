import { mapInParallel } from "../../shared/resilience/in-parallel.ts";
import { StackError } from "../stack/stack-error.ts";

const timeoutMs = 60_000;
const parallelRequests = 2;

/**
 * Posts photographs to POST /predict as a clinic's software does.
 *
 * @param onSent told how many have been answered
 * @throws StackError when the service does not answer, or not with a prediction
 */
export async function sendPhotographs(
  address: string,
  photographs: readonly Buffer[],
  onSent: (count: number) => void,
): Promise<void> {
  let sent = 0;
  await mapInParallel(photographs, parallelRequests, async (photograph) => {
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(photograph)], { type: "image/jpeg" }), "demo.jpg");
    const answer = await fetch(`${address}/predict`, {
      method: "POST",
      body: form,
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: Error) => {
      throw new StackError(`${address} does not answer (${error.message}). Start it first: npm start`);
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new StackError(`POST /predict answered ${answer.status}: ${text}`);
    sent += 1;
    onSent(sent);
  });
}
