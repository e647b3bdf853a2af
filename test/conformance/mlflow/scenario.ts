import type { MlflowClient } from "../../../shared/mlflow/index.ts";
import { createExperiment, createRun } from "../../../shared/mlflow/index.ts";

/** A way through the operations of one area; every call's request and answer is held against the document. */
export type Scenario = (client: MlflowClient, surroundings: Surroundings) => Promise<void>;

export interface Surroundings {
  mlflowUrl: string;
  /** Bucket that the server may write to. */
  bucket: string;
}

let count = 0;

/** A name that no other call of this run has used. */
export function uniqueName(kind: string): string {
  count += 1;
  return `conformance-${kind}-${process.pid}-${count}`;
}

export function newExperiment(client: MlflowClient): Promise<string> {
  return createExperiment(client, { name: uniqueName("experiment") });
}

export async function newRun(
  client: MlflowClient,
  experimentId?: string,
): Promise<{ experimentId: string; runId: string }> {
  const id = experimentId ?? (await newExperiment(client));
  const run = await createRun(client, { experiment_id: id, start_time: Date.now() });
  return { experimentId: id, runId: run.info.run_id };
}

/** Options for a body of raw bytes, which the generated types call a string. */
export const rawBody = {
  bodySerializer: (body: unknown) => body,
  headers: { "content-type": "application/octet-stream" },
};

export function asBody(bytes: Uint8Array): string {
  return bytes as unknown as string;
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
