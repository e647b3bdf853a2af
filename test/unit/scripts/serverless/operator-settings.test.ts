import { describe, expect, it } from "vitest";
import OperatorSettings from "../../../../scripts/serverless/operator-settings.ts";

const nothing = {
  ...{ subnets: "", securityGroups: "", vpc: "", routeTables: "", logSink: "s3" },
  ...{ kmsKey: "", artifactKmsKey: "", tracing: "", tags: "" },
  ...{ rollbackWatchMinutes: "0", rollbackAlarms: "" },
};
const key = "arn:aws:kms:eu-central-1:1:key/a";
const alarms = "arn:aws:cloudwatch:eu-central-1:1:alarm:a,arn:aws:cloudwatch:eu-central-1:1:alarm:b";

function apply(wishes: Partial<typeof nothing>) {
  const role = () => ({
    Type: "AWS::IAM::Role",
    Properties: { Policies: [{ PolicyDocument: { Statement: [] as { Sid: string; Resource: unknown }[] } }] },
  });
  const resources = {
    PredictRole: role(),
    DocsRole: role(),
    Bucket: { Type: "AWS::S3::Bucket", Properties: {} as Record<string, unknown> },
    Logs: { Type: "AWS::Logs::LogGroup", Properties: {} as Record<string, unknown> },
  };
  const provider = { compiledCloudFormationTemplate: { Resources: resources as never } };
  const service = { provider, custom: { operator: { ...nothing, ...wishes } } };
  const { hooks } = new OperatorSettings({ service });
  hooks.initialize?.();
  hooks["after:aws:package:finalize:mergeCustomProviderResources"]?.();
  return { provider, resources, service, hooks };
}

const statementsOf = ({ resources }: ReturnType<typeof apply>) =>
  [resources.PredictRole, resources.DocsRole].map(({ Properties }) =>
    (Properties.Policies[0]?.PolicyDocument.Statement ?? []).map(({ Sid }) => Sid),
  );

describe("what an operator asks of every function", () => {
  it("is nothing, and no right, unless it is asked", () => {
    const applied = apply({});
    expect(statementsOf(applied)).toEqual([[], []]);
    expect(applied.provider).toMatchObject({ tags: { service: "fundus-lambda" } });
    expect(applied.provider).not.toHaveProperty("vpc");
    expect(applied.resources.Bucket.Properties).toEqual({});
  });

  it("a private network comes with the rights to join it, and with ways to S3 and the topic where it is named", () => {
    const applied = apply({
      subnets: "subnet-a, subnet-b",
      securityGroups: "sg-a",
      vpc: "vpc-a",
      routeTables: "rtb-a",
    });
    expect(applied.provider).toMatchObject({
      vpc: { subnetIds: ["subnet-a", "subnet-b"], securityGroupIds: ["sg-a"] },
    });
    expect(statementsOf(applied)).toEqual([["JoinNetwork"], ["JoinNetwork"]]);
    expect(applied.resources).toMatchObject({
      S3Endpoint: { Properties: { VpcEndpointType: "Gateway", RouteTableIds: ["rtb-a"] } },
      SnsEndpoint: { Properties: { VpcEndpointType: "Interface", SubnetIds: ["subnet-a", "subnet-b"] } },
      EndpointGroup: {
        Properties: { SecurityGroupIngress: [{ FromPort: 443, SourceSecurityGroupId: "sg-a" }] },
      },
    });
    expect(applied.resources).not.toHaveProperty("FirehoseEndpoint");
  });

  it("a way to Firehose is there where it takes the records", () => {
    const network = { subnets: "subnet-a", securityGroups: "sg-a", vpc: "vpc-a" };
    const { resources } = apply({ ...network, logSink: "firehose" });
    expect(resources).toHaveProperty("FirehoseEndpoint");
    expect(resources).not.toHaveProperty("S3Endpoint");
  });

  it("half a network is refused", () => {
    expect(() => apply({ vpc: "vpc-a" })).toThrow("beside VPC_ID");
    expect(() => apply({ subnets: "subnet-a" })).toThrow("VPC_SECURITY_GROUP_IDS together");
  });

  it("a key encrypts buckets and logs, and that of the artifact bucket may be another", () => {
    const applied = apply({ kmsKey: key, artifactKmsKey: `${key}b` });
    expect(applied.resources.Logs.Properties).toEqual({ KmsKeyId: key });
    expect(JSON.stringify(applied.resources.Bucket.Properties)).toContain(`"KMSMasterKeyID":"${key}"`);
    expect(applied.resources.PredictRole.Properties.Policies[0]?.PolicyDocument.Statement).toMatchObject([
      { Sid: "UseKeys", Resource: [key, `${key}b`] },
    ]);
  });

  it("X-Ray and tags", () => {
    const applied = apply({ tracing: "true", tags: "team=eyes, formula=a=b" });
    expect(applied.provider).toMatchObject({
      tracing: { lambda: true },
      tags: { service: "fundus-lambda", team: "eyes", formula: "a=b" },
    });
    expect(statementsOf(applied)).toEqual([["WriteTraces"], ["WriteTraces"]]);
    expect(() => apply({ tags: "team" })).toThrow("Expected name=value pairs");
  });

  it("the alarms are those that exist at the deployment, not those of the packaged service", () => {
    const packaged = apply({ rollbackWatchMinutes: "10" }).service;
    const { hooks, service } = apply({ rollbackWatchMinutes: "10", rollbackAlarms: alarms });
    // As osls does.
    Object.assign(service, packaged);
    hooks["before:aws:deploy:deploy:updateStack"]?.();
    expect(service.provider).toMatchObject({
      rollbackConfiguration: { MonitoringTimeInMinutes: 10, RollbackTriggers: [{}, {}] },
    });
  });

  it("alarms take an update back in the minutes after it, where there are both", () => {
    expect(apply({ rollbackWatchMinutes: "10", rollbackAlarms: alarms }).provider).toMatchObject({
      rollbackConfiguration: {
        MonitoringTimeInMinutes: 10,
        RollbackTriggers: alarms.split(",").map((Arn) => ({ Arn, Type: "AWS::CloudWatch::Alarm" })),
      },
    });
    const nothingIsWatched = { MonitoringTimeInMinutes: 0, RollbackTriggers: [] };
    for (const wishes of [{ rollbackAlarms: alarms }, { rollbackWatchMinutes: "10" }])
      expect(apply(wishes).provider).toMatchObject({ rollbackConfiguration: nothingIsWatched });
    expect(() => apply({ rollbackWatchMinutes: "soon" })).toThrow("0 to 180 for ROLLBACK_WATCH_MINUTES");
  });
});
