import { readFile } from "node:fs/promises";
import path from "node:path";
import { StackError } from "../stack/stack-error.ts";

const timeoutMs = 60_000;

/**
 * Posts a photograph as the printed example does.
 *
 * @returns one line with the answer
 * @throws StackError when the answer is not a prediction
 */
export async function predictOnce(
  address: string,
  photograph: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const form = new FormData();
  form.set("file", new Blob([await readFile(photograph)]), path.basename(photograph));
  const response = await fetch(`${address}/predict`, {
    method: "POST",
    body: form,
    headers,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const answer = await response.text();
  if (response.status !== 200) throw new StackError(`POST /predict answered ${response.status}: ${answer}`);
  const { predicted_class, confidence, model } = JSON.parse(answer);
  return `${predicted_class} (${confidence} %) by ${model?.name} version ${model?.version}, ${model?.source}`;
}
