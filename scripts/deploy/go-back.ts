import { CloudFormationClient, GetTemplateCommand } from "@aws-sdk/client-cloudformation";
import { runServerless } from "../serverless/run-serverless.ts";
import { stackName } from "./stack-outputs.ts";

const rollbackTimeoutMs = 30 * 60_000;

/**
 * When the deployment that is in place was made: milliseconds since 1970. The stack's own template
 * says so: the deployment bucket also has the folders of updates that failed.
 *
 * @returns undefined where no archive is named
 */
export async function findLastDeployment(stage: string, region: string): Promise<string | undefined> {
  const client = new CloudFormationClient({
    region,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000 },
  });
  try {
    const { TemplateBody = "" } = await client.send(new GetTemplateCommand({ StackName: stackName(stage) }));
    return readNewestFolder(TemplateBody, stage);
  } finally {
    client.destroy();
  }
}

/**
 * Of the folders that a template takes archives from, which osls names by their time, the newest: a layer that did not change stays in the
 * folder of an earlier deployment.
 */
export function readNewestFolder(template: string, stage: string): string | undefined {
  const folders = template.matchAll(new RegExp(`serverless/fundus-lambda/${stage}/(\\d{13})-`, "g"));
  return [...folders]
    .flatMap(([, timestamp]) => timestamp ?? [])
    .sort()
    .at(-1);
}

/** Deploys again what was in place: its template and its archives are still in the deployment bucket. */
export async function goBack(stage: string, timestamp: string): Promise<void> {
  const parameters = ["rollback", "--timestamp", timestamp, "--stage", stage];
  await runServerless(parameters, {
    timeoutMs: rollbackTimeoutMs,
    withErrors: true,
  });
}
