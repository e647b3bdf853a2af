import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Statement {
  Action: string | string[];
  Resource: string | string[];
}

const { Statement }: { Statement: Statement[] } = JSON.parse(
  readFileSync("docs/deployer-policy.json", "utf8"),
);
const actions = Statement.flatMap(({ Action }) => Action);

test("the deployer may take away every tag that it may give", () => {
  const tagging = actions.filter((action) => /:Tag[A-Z]|:CreateTags$/.test(action));
  const untagging = tagging.map((action) => action.replace(":Tag", ":Untag").replace("Create", "Delete"));
  expect(tagging.length).toBeGreaterThan(8);
  expect(untagging.filter((action) => !actions.includes(action))).toEqual([]);
});

test("the deployer may delete logs, tables, streams and images of this service alone", () => {
  const unlimited = Statement.filter(({ Resource }) => Resource === "*").flatMap(({ Action }) => Action);
  const deletesData = /^(logs|glue|firehose|ecr):Delete(?!LogDelivery)/;
  expect(actions.filter((action) => deletesData.test(action))).toHaveLength(6);
  expect(unlimited.filter((action) => deletesData.test(action))).toEqual([]);
});

test.each([
  // The handlers of AWS::Logs::LogGroup and AWS::KinesisFirehose::DeliveryStream name these for an update.
  ["logs:DisassociateKmsKey", "KMS_KEY_ARN is taken away again"],
  ["firehose:StartDeliveryStreamEncryption", "the stream is changed"],
  // CloudFormation waits for a function's network interfaces only where it may look at them.
  ["ec2:DescribeNetworkInterfaces", "a function leaves its network or is deleted"],
])("the deployer has %s, which CloudFormation needs where %s", (action) => {
  expect(actions).toContain(action);
});
