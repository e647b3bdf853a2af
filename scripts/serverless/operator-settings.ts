interface Statement {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: unknown;
}

interface Template {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

interface Provider {
  compiledCloudFormationTemplate: Template;
  tags?: Record<string, string>;
  tracing?: { lambda: boolean };
  vpc?: { subnetIds: string[]; securityGroupIds: string[] };
  rollbackConfiguration?: {
    MonitoringTimeInMinutes: number;
    RollbackTriggers: { Arn: string; Type: "AWS::CloudWatch::Alarm" }[];
  };
}

/** `custom.operator` of serverless.yml, from the environment; an empty text means not set. */
interface AskedSettings {
  subnets: string;
  securityGroups: string;
  vpc: string;
  routeTables: string;
  logSink: string;
  kmsKey: string;
  artifactKmsKey: string;
  tracing: string;
  tags: string;
  rollbackWatchMinutes: string;
  rollbackAlarms: string;
}

interface Serverless {
  service: { provider: Provider; custom: { operator: AskedSettings } };
}

/**
 * Applies an operator's settings to every function, bucket and log at once: a private network, KMS keys, X-Ray, tags. Resources
 * and rights are added only for settings that are set. docs/deploy.md lists them.
 */
export default class OperatorSettings {
  readonly hooks: Record<string, () => void>;

  constructor({ service }: Serverless) {
    let asked: AskedSettings;
    this.hooks = {
      initialize: () => {
        asked = service.custom.operator;
        applyToProvider(service.provider, asked);
      },
      // By then the service is as it was packaged, when nobody knew which alarms exist.
      "before:aws:deploy:deploy:updateStack": () => watchUpdate(service.provider, asked),
      "after:aws:package:finalize:mergeCustomProviderResources": () =>
        applyToTemplate(service.provider.compiledCloudFormationTemplate, service.custom.operator),
    };
  }
}

function applyToProvider(provider: Provider, settings: AskedSettings): void {
  const subnetIds = split(settings.subnets);
  const securityGroupIds = split(settings.securityGroups);
  if (subnetIds.length > 0 !== securityGroupIds.length > 0) {
    throw new Error("Expected VPC_SUBNET_IDS and VPC_SECURITY_GROUP_IDS together but received one of them");
  }
  if (settings.vpc !== "" && subnetIds.length === 0) {
    throw new Error("Expected VPC_SUBNET_IDS and VPC_SECURITY_GROUP_IDS beside VPC_ID but received neither");
  }
  if (subnetIds.length > 0) provider.vpc = { subnetIds, securityGroupIds };
  if (settings.tracing === "true") provider.tracing = { lambda: true };
  provider.tags = { service: "fundus-lambda", ...parseTags(settings.tags) };
  watchUpdate(provider, settings);
}

/**
 * Lets CloudFormation roll an update back when one of the alarms begins during the update, or in the minutes after it. Where
 * nothing is to be watched it is told so: without a list it goes on with the alarms of the update before.
 */
function watchUpdate(provider: Provider, { rollbackWatchMinutes, rollbackAlarms }: AskedSettings): void {
  const minutes = Number(rollbackWatchMinutes);
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > 180) {
    throw new Error(`Expected 0 to 180 for ROLLBACK_WATCH_MINUTES but received ${rollbackWatchMinutes}`);
  }
  const alarms = minutes === 0 ? [] : split(rollbackAlarms);
  provider.rollbackConfiguration = {
    MonitoringTimeInMinutes: alarms.length === 0 ? 0 : minutes,
    RollbackTriggers: alarms.map((Arn) => ({ Arn, Type: "AWS::CloudWatch::Alarm" })),
  };
}

function applyToTemplate(template: Template, settings: AskedSettings): void {
  for (const statement of listStatements(settings)) addToEveryRole(template, statement);
  if (settings.kmsKey !== "") encrypt(template, settings.kmsKey);
  if (settings.vpc !== "") addEndpoints(template, settings);
}

/** Adds endpoints for what the functions call besides MLflow, for a network without a way out: S3, SNS and, with that sink, Firehose. */
function addEndpoints({ Resources }: Template, settings: AskedSettings): void {
  const VpcId = settings.vpc;
  const addEndpoint = (name: string, service: string, properties: Record<string, unknown>) => {
    const ServiceName = { "Fn::Sub": `com.amazonaws.\${AWS::Region}.${service}` };
    Resources[name] = { Type: "AWS::EC2::VPCEndpoint", Properties: { VpcId, ServiceName, ...properties } };
  };
  const routeTables = split(settings.routeTables);
  if (routeTables.length > 0)
    addEndpoint("S3Endpoint", "s3", { VpcEndpointType: "Gateway", RouteTableIds: routeTables });

  Resources.EndpointGroup = {
    Type: "AWS::EC2::SecurityGroup",
    Properties: {
      GroupDescription: "Endpoints of AWS that the functions of fundus-lambda call",
      VpcId,
      SecurityGroupIngress: split(settings.securityGroups).map((group) => ({
        ...{ Description: "The functions", IpProtocol: "tcp", FromPort: 443, ToPort: 443 },
        SourceSecurityGroupId: group,
      })),
    },
  };
  const inNetwork = {
    VpcEndpointType: "Interface",
    PrivateDnsEnabled: true,
    SubnetIds: split(settings.subnets),
    SecurityGroupIds: [{ "Fn::GetAtt": ["EndpointGroup", "GroupId"] }],
  };
  addEndpoint("SnsEndpoint", "sns", inNetwork);
  if (settings.logSink === "firehose") addEndpoint("FirehoseEndpoint", "kinesis-firehose", inNetwork);
}

function listStatements({ subnets, tracing, kmsKey, artifactKmsKey }: AskedSettings): Statement[] {
  const statements: Statement[] = [];
  const keys = [kmsKey, artifactKmsKey].filter((key) => key !== "");
  if (subnets !== "") {
    // AWS grants these only on all resources, because network interfaces have no names before they exist.
    const Action = [
      "ec2:CreateNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DeleteNetworkInterface",
    ];
    statements.push({ Sid: "JoinNetwork", Effect: "Allow", Action, Resource: "*" });
  }
  if (tracing === "true") {
    const Action = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];
    statements.push({ Sid: "WriteTraces", Effect: "Allow", Action, Resource: "*" });
  }
  if (keys.length > 0) {
    const Action = ["kms:Decrypt", "kms:GenerateDataKey"];
    statements.push({ Sid: "UseKeys", Effect: "Allow", Action, Resource: keys });
  }
  return statements;
}

function addToEveryRole({ Resources }: Template, statement: Statement): void {
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type !== "AWS::IAM::Role") continue;
    const [policy] = (Properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
    policy?.PolicyDocument.Statement.push(statement);
  }
}

/** Encrypts every bucket and log group with the key; whoever reads them needs the key too. */
function encrypt({ Resources }: Template, key: string): void {
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type === "AWS::Logs::LogGroup") Properties.KmsKeyId = key;
    if (Type !== "AWS::S3::Bucket") continue;
    const byDefault = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: key };
    Properties.BucketEncryption = {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: true },
      ],
    };
  }
}

/** Parses `team=eyes,cost-centre=7`. */
function parseTags(text: string): Record<string, string> {
  return Object.fromEntries(
    split(text).map((pair) => {
      const [name = "", ...value] = pair.split("=");
      if (name === "" || value.length === 0)
        throw new Error(`Expected name=value pairs with commas between them for TAGS but received ${pair}`);
      return [name.trim(), value.join("=").trim()];
    }),
  );
}

const split = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
