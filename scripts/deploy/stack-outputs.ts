import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { chosenRegion } from "./chosen-region.ts";

export const stackName = (stage: string): string => `fundus-lambda-${stage}`;

/**
 * Finds the outputs of a deployment stage, by name; undefined when it is not deployed in this account and region.
 *
 * @throws Error when AWS refuses
 */
export async function findStackOutputs(
  stage: string,
  region: string,
): Promise<Record<string, string> | undefined> {
  const client = new CloudFormationClient({
    region,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000 },
  });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName(stage) }));
    const outputs = Stacks[0]?.Outputs ?? [];
    return Object.fromEntries(
      outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]),
    );
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

/** @throws Error when the stage is not deployed in this account and region, or AWS refuses */
export async function readStackOutputs(
  stage: string,
): Promise<{ region: string; outputs: Record<string, string> }> {
  const region = chosenRegion();
  const outputs = await findStackOutputs(stage, region);
  if (outputs !== undefined) return { region, outputs };
  throw new Error(`Expected the deployment stage ${stage} in ${region} but there is no ${stackName(stage)}`);
}
