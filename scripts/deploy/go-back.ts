import { createObjectStore } from "../../shared/aws/object-store.ts";
import { runServerless } from "../serverless/run-serverless.ts";
import { s3Endpoint } from "./endpoints.ts";

const rollbackTimeoutMs = 30 * 60_000;

/** When the deployment that is in place was made, as osls names its folder: milliseconds since 1970; undefined for a first one. */
export async function findLastDeployment(
  outputs: Record<string, string> | undefined,
  stage: string,
  region: string,
): Promise<string | undefined> {
  const bucket = outputs?.ServerlessDeploymentBucketName;
  if (bucket === undefined) return undefined;
  const store = createObjectStore({ region, endpoint: s3Endpoint() });
  let last: string | undefined;
  for await (const { key } of store.listObjects(bucket, { prefix: `serverless/fundus-lambda/${stage}/` })) {
    last = /\/(\d{13})-[^/]+\/compiled-cloudformation-template\.json$/.exec(key)?.[1] ?? last;
  }
  return last;
}

/** Deploys again what was in place: its template and its archives are still in the deployment bucket. */
export async function goBack(stage: string, timestamp: string): Promise<void> {
  const parameters = ["rollback", "--timestamp", timestamp, "--stage", stage];
  await runServerless(parameters, {
    timeoutMs: rollbackTimeoutMs,
    withErrors: true,
  });
}
