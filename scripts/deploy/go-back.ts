import { CloudFormationClient, GetTemplateCommand } from "@aws-sdk/client-cloudformation";
import { runServerless } from "../serverless/run-serverless.ts";
import { stackName } from "./stack-outputs.ts";

const rollbackTimeoutMs = 30 * 60_000;

/**
 * Finds when the current deployment was made. It reads the stack's own template, because the deployment bucket also contains
 * folders of failed updates.
 *
 * @returns milliseconds since 1970; undefined when the template names no archive
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
 * Reads the newest of the folders that a template takes archives from. osls names them by their time; there may be several,
 * because an unchanged layer stays in the folder of an earlier deployment.
 */
export function readNewestFolder(template: string, stage: string): string | undefined {
  const folders = template.matchAll(new RegExp(`serverless/fundus-lambda/${stage}/(\\d{13})-`, "g"));
  return [...folders]
    .flatMap(([, timestamp]) => timestamp ?? [])
    .sort()
    .at(-1);
}

/** Deploys an earlier deployment again: its template and archives are still in the deployment bucket. */
export async function goBack(stage: string, timestamp: string): Promise<void> {
  const parameters = ["rollback", "--timestamp", timestamp, "--stage", stage];
  await runServerless(parameters, {
    timeoutMs: rollbackTimeoutMs,
    withErrors: true,
  });
}
