import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  waitUntilStackCreateComplete,
} from "@aws-sdk/client-cloudformation";

/** In seconds. */
const waiting = { minDelay: 1, maxDelay: 2, maxWaitTime: 60 };
/** Makes a stack and returns what it says about itself. */
export async function createStack(
  name: string,
  template: string,
  parameters: Record<string, string> = {},
): Promise<Record<string, string>> {
  const cloudFormation = new CloudFormationClient({});
  const named = { StackName: name };
  const create = new CreateStackCommand({
    ...named,
    TemplateBody: template,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Capabilities: ["CAPABILITY_NAMED_IAM"],
  });
  await cloudFormation.send(create);
  await waitUntilStackCreateComplete({ client: cloudFormation, ...waiting }, named);
  const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand(named));
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]),
  );
}

const stackOf = (stage: string) => ({ StackName: `fundus-lambda-${stage}` });

/** What a deployment stage is made of, and when CloudFormation last changed it. */
export async function listResources(stage: string): Promise<{ id: string; changed: number | undefined }[]> {
  const cloudFormation = new CloudFormationClient({});
  const resources: { id: string; changed: number | undefined }[] = [];
  for await (const page of paginateListStackResources({ client: cloudFormation }, stackOf(stage))) {
    for (const { PhysicalResourceId = "", LastUpdatedTimestamp } of page.StackResourceSummaries ?? [])
      resources.push({ id: PhysicalResourceId, changed: LastUpdatedTimestamp?.getTime() });
  }
  return resources;
}

/** What the alarms on the service's own metrics listen to. */
export async function listAlarmedEnvironments(stage: string): Promise<string[]> {
  const cloudFormation = new CloudFormationClient({});
  const { TemplateBody = "" } = await cloudFormation.send(new GetTemplateCommand(stackOf(stage)));
  const { Resources } = JSON.parse(TemplateBody) as {
    Resources: Record<string, { Properties?: { Dimensions?: { Name: string; Value: string }[] } }>;
  };
  const dimensions = Object.values(Resources).flatMap(({ Properties }) => Properties?.Dimensions ?? []);
  const named = dimensions.filter(({ Name }) => Name === "environment");
  return [...new Set(named.map(({ Value }) => Value))];
}
