import { readFileSync } from "node:fs";
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from "@aws-sdk/client-cloudformation";
import { beforeAll, expect, it } from "vitest";
import { createObjectStore } from "../../shared/aws/object-store.ts";
import { signRequest } from "../../shared/aws/sign-request.ts";
import { useAwsEmulator } from "../support/aws-emulator.ts";

/**
 * deploy/mlflow as CloudFormation creates it, on an emulated AWS that keeps what the resources are but runs no container and no database. The
 * containers' commands run in test/integration/stack/documented-mlflow.test.ts.
 */

const aws = useAwsEmulator();
const waitSeconds = 60;
const region = "eu-central-1";
const address = () => aws().env.AWS_ENDPOINT_URL ?? "";
const hostName = "mlflow.example.org";

/** What an operator has before: a network, callers, a certificate. */
const surroundings = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  First: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Second: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Callers: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc, GroupDescription: callers } }
  Certificate: { Type: AWS::CertificateManager::Certificate, Properties: { DomainName: ${hostName} } }
Outputs:
  VpcId: { Value: !Ref Vpc }
  SubnetIds: { Value: !Sub "\${First},\${Second}" }
  ClientSecurityGroupId: { Value: !Ref Callers }
  CertificateArn: { Value: !Ref Certificate }
`;

let client: CloudFormationClient;
let outputs: Record<string, string>;
let ids: Record<string, string>;

beforeAll(async () => {
  Object.assign(process.env, aws().env);
  client = new CloudFormationClient({ endpoint: address(), region });
  const parameters = await createStack("surroundings", surroundings, {});
  const template = readFileSync("deploy/mlflow/template.yaml", "utf8");
  const ImageUri = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/mlflow:latest";
  outputs = await createStack("mlflow", template, { ...parameters, HostName: hostName, ImageUri });
  const { StackResources = [] } = await client.send(
    new DescribeStackResourcesCommand({ StackName: "mlflow" }),
  );
  ids = Object.fromEntries(
    StackResources.map(({ LogicalResourceId = "", PhysicalResourceId = "" }) => [
      LogicalResourceId,
      PhysicalResourceId,
    ]),
  );
});

async function createStack(name: string, body: string, parameters: Record<string, string>) {
  await client.send(
    new CreateStackCommand({
      StackName: name,
      TemplateBody: body,
      Capabilities: ["CAPABILITY_IAM"],
      Parameters: Object.entries(parameters).map(([key, value]) => ({
        ParameterKey: key,
        ParameterValue: value,
      })),
    }),
  );
  await waitUntilStackCreateComplete({ client, maxWaitTime: waitSeconds, minDelay: 1 }, { StackName: name });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
  const pairs = (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [
    OutputKey,
    OutputValue,
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** One call of a service's interface, and its answer as text. */
async function call(service: string, body: string, headers: Record<string, string>): Promise<string> {
  const request = { method: "POST", path: "/", headers: { host: new URL(address()).host, ...headers }, body };
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const signing = { credentials, service, region, nowMs: Date.now() };
  const answer = await fetch(address(), { method: "POST", headers: signRequest(request, signing), body });
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  return text;
}

const askInJson = async (service: string, target: string, question: object) =>
  JSON.parse(
    await call(service, JSON.stringify(question), {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": target,
    }),
  );

const askByQuery = (service: string, question: Record<string, string>) =>
  call(service, String(new URLSearchParams(question)), {
    "content-type": "application/x-www-form-urlencoded",
  });

it("is created whole, and its outputs are the settings of the service", async () => {
  expect(Object.keys(ids)).toHaveLength(20);
  expect(outputs).toMatchObject({
    TrackingUri: `https://${hostName}`,
    ArtifactBucket: ids.ArtifactBucket,
    ServiceSecret: ids.ServiceSecret,
  });
  const { SecretString } = await askInJson("secretsmanager", "secretsmanager.GetSecretValue", {
    SecretId: outputs.ServiceSecret,
  });
  const { username, password } = JSON.parse(SecretString);
  expect(username).toBe("fundus-lambda");
  expect(password).toHaveLength(40);
});

it("keeps a database that is encrypted, restorable to any second of two weeks, out of reach and hard to delete", async () => {
  const database = await askByQuery("rds", {
    Action: "DescribeDBInstances",
    Version: "2014-10-31",
    DBInstanceIdentifier: ids.Database ?? "",
  });
  for (const kept of [
    "<Engine>postgres</Engine>",
    "<StorageEncrypted>true</StorageEncrypted>",
    "<BackupRetentionPeriod>14</BackupRetentionPeriod>",
    "<PubliclyAccessible>false</PubliclyAccessible>",
    "<DeletionProtection>true</DeletionProtection>",
    `<VpcSecurityGroupId>${ids.DatabaseGroup}</VpcSecurityGroupId>`,
  ]) {
    expect(database).toContain(kept);
  }
});

it("serves on Fargate behind an internal load balancer that speaks TLS", async () => {
  const cluster = ids.Cluster;
  const { services } = await askInJson("ecs", "AmazonEC2ContainerServiceV20141113.DescribeServices", {
    cluster,
    services: [ids.Service],
  });
  expect(services).toMatchObject([
    {
      launchType: "FARGATE",
      desiredCount: 1,
      taskDefinition: ids.TaskDefinition,
      deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
      loadBalancers: [{ containerName: "mlflow", containerPort: 5000, targetGroupArn: ids.TargetGroup }],
      networkConfiguration: {
        awsvpcConfiguration: { assignPublicIp: "DISABLED", securityGroups: [ids.ServerGroup] },
      },
    },
  ]);
  const { taskDefinition } = await askInJson(
    "ecs",
    "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition",
    { taskDefinition: ids.TaskDefinition },
  );
  expect(taskDefinition.containerDefinitions.map(({ name }: { name: string }) => name)).toEqual([
    "migrate",
    "mlflow",
    "user",
  ]);
  const settings = JSON.stringify(taskDefinition);
  expect(settings).toContain(`s3://${ids.ArtifactBucket}/artifacts`);
  expect(settings).toContain(`${ids.Database}.`);

  const version = { Version: "2015-12-01", "LoadBalancerArns.member.1": ids.LoadBalancer ?? "" };
  const balancer = await askByQuery("elasticloadbalancing", { Action: "DescribeLoadBalancers", ...version });
  expect(balancer).toContain("<Scheme>internal</Scheme>");
  expect(balancer).toContain(`<member>${ids.LoadBalancerGroup}</member>`);
  const listeners = await askByQuery("elasticloadbalancing", {
    Action: "DescribeListeners",
    Version: "2015-12-01",
    LoadBalancerArn: ids.LoadBalancer ?? "",
  });
  expect(listeners).toContain("<Protocol>HTTPS</Protocol>");
});

it("leaves the artifacts and a snapshot of the database when it is deleted", async () => {
  const store = createObjectStore({ region, endpoint: address() });
  const { ArtifactBucket = "" } = outputs;
  await store.putObject(ArtifactBucket, "artifacts/weights", "weights");
  await client.send(new DeleteStackCommand({ StackName: "mlflow" }));
  await waitUntilStackDeleteComplete(
    { client, maxWaitTime: waitSeconds, minDelay: 1 },
    { StackName: "mlflow" },
  );
  const snapshots = await askByQuery("rds", { Action: "DescribeDBSnapshots", Version: "2014-10-31" });
  expect(snapshots).toContain(`<DBInstanceIdentifier>${ids.Database}</DBInstanceIdentifier>`);
  expect(
    Buffer.from((await store.getObject(ArtifactBucket, "artifacts/weights"))?.bytes ?? "").toString(),
  ).toBe("weights");
});
