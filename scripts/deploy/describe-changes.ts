import { readFile } from "node:fs/promises";
import {
  type Change,
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  waitUntilChangeSetCreateComplete,
} from "@aws-sdk/client-cloudformation";
import { createObjectStore } from "../../shared/aws/object-store.ts";
import { s3Endpoint } from "./endpoints.ts";
import { findStackOutputs, stackName } from "./stack-outputs.ts";

const changeSetName = "npm-run-deploy-preview";
/** By default the SDK would look only every half minute. */
const waiter = (client: CloudFormationClient) => ({ client, minDelay: 1, maxDelay: 5, maxWaitTime: 120 });

/**
 * Asks CloudFormation what the packaged template would change, and changes nothing.
 *
 * @returns one line per changed resource; for a stage that does not exist yet, how many will be created
 */
export async function describeChanges(
  stage: string,
  region: string,
  templateFile: string,
): Promise<string[]> {
  const body = await readFile(templateFile, "utf8");
  const outputs = await findStackOutputs(stage, region);
  const bucket = outputs?.ServerlessDeploymentBucketName;
  if (bucket === undefined) {
    const { Resources } = JSON.parse(body) as { Resources: object };
    return [
      `${stackName(stage)} does not exist in ${region}: ${Object.keys(Resources).length} resources will be created`,
    ];
  }
  // In the folder that osls empties when the stage is removed: CloudFormation deletes only an empty bucket.
  const key = `serverless/fundus-lambda/${stage}/preview/${changeSetName}.json`;
  await createObjectStore({ region, endpoint: s3Endpoint() }).putObject(bucket, key, body);
  const client = new CloudFormationClient({ region });
  try {
    return renderChanges(
      await previewChanges(client, stage, `https://s3.${region}.amazonaws.com/${bucket}/${key}`),
    );
  } finally {
    client.destroy();
  }
}

async function previewChanges(
  client: CloudFormationClient,
  stage: string,
  TemplateURL: string,
): Promise<Change[]> {
  const named = { StackName: stackName(stage), ChangeSetName: changeSetName };
  // An interrupted command may have left one.
  await client.send(new DeleteChangeSetCommand(named)).catch(() => undefined);
  await client.send(
    new CreateChangeSetCommand({
      ...named,
      TemplateURL,
      ChangeSetType: "UPDATE",
      Capabilities: ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
    }),
  );
  try {
    await waitUntilChangeSetCreateComplete(waiter(client), named);
  } catch (error) {
    const { Status, StatusReason = "" } = await client.send(new DescribeChangeSetCommand(named));
    if (Status === "FAILED" && /didn't contain changes|No updates/i.test(StatusReason)) return [];
    throw new Error(`CloudFormation refused the template: ${StatusReason || (error as Error).message}`, {
      cause: error,
    });
  }
  const changes: Change[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new DescribeChangeSetCommand({ ...named, NextToken }));
    changes.push(...(page.Changes ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  await client.send(new DeleteChangeSetCommand(named));
  return changes;
}

function renderChanges(changes: Change[]): string[] {
  if (changes.length === 0) return ["Nothing in the stack changes"];
  return changes.map(({ ResourceChange: change = {} }) => {
    const details = (change.Details ?? []).map(({ Target }) => Target?.Name).filter(Boolean);
    const replaced = change.Replacement === "True" ? "  is replaced" : "";
    const names = details.length === 0 ? "" : `  (${[...new Set(details)].join(", ")})`;
    return `${change.Action?.padEnd(6)} ${change.LogicalResourceId}  ${change.ResourceType}${names}${replaced}`;
  });
}
