import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { chosenRegion } from "./chosen-region.ts";

export const stackName = (stage: string): string => `fundus-lambda-${stage}`;

/**
 * What a deployment stage says about itself, its outputs by name.
 *
 * @throws Error when the stage is not deployed in this account and region, or AWS refuses
 */
export async function readStackOutputs(
  stage: string,
): Promise<{ region: string; outputs: Record<string, string> }> {
  const region = chosenRegion();
  const client = new CloudFormationClient({
    region,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000 },
  });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName(stage) }));
    const named = (Stacks[0]?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [
      OutputKey,
      OutputValue,
    ]);
    return { region, outputs: Object.fromEntries(named) };
  } catch (cause) {
    throw new Error(
      `Expected the deployment stage ${stage} in ${region} but AWS says: ${(cause as Error).message}`,
      { cause },
    );
  } finally {
    client.destroy();
  }
}
