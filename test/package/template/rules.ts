import { asList, findResources, readStatements, renderValue, type Template } from "./read-template.ts";

/** Says what in a template breaks a rule; empty when nothing does. */
export type Rule = (template: Template) => string[];

const apiGatewayLimitSeconds = 30;
/** Everything in one bucket, in one folder of it, or in its folders of days; objects have names that nobody knows before. */
const namedFolder = /^[^*]*[\w>-]\/(date=)?\*$/;
/** A report in whichever run. */
const report = /^[^*]*[\w>-]\/\*\/artifacts\/(drift-report|comparison)\.(html|json)$/;

const actionsAreNamed: Rule = (template) =>
  findStatements(template).flatMap(({ role, Action }) =>
    asList(Action)
      .filter((action) => action.includes("*"))
      .map((action) => `${role}: ${action}`),
  );

const resourcesAreNamed: Rule = (template) =>
  findStatements(template)
    // AWS gives the right to log in to its registries on everything alone.
    .filter(({ Action }) => Action !== "ecr:GetAuthorizationToken")
    .flatMap(({ role, Resource }) =>
      asList(Resource)
        .map(renderValue)
        .filter((resource) => resource.includes("*") && !namedFolder.test(resource) && !report.test(resource))
        .map((resource) => `${role}: ${resource}`),
    );

const invocationsNameTheirSource: Rule = (template) =>
  findResources(template, "AWS::Lambda::Permission")
    .filter(([, { SourceArn }]) => SourceArn === undefined || renderValue(SourceArn) === "*")
    .map(([name]) => `${name}: anybody of its service may invoke`);

const bucketsAreEncrypted: Rule = (template) =>
  findResources(template, "AWS::S3::Bucket")
    .filter(([, { BucketEncryption }]) => {
      const [rule] = BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
      return !["AES256", "aws:kms"].includes(rule?.ServerSideEncryptionByDefault?.SSEAlgorithm);
    })
    .map(([name]) => `${name}: not encrypted`);

const bucketsAreEncryptedOnTheirWay: Rule = (template) => {
  const guarded = findResources(template, "AWS::S3::BucketPolicy")
    .filter(([, { PolicyDocument }]) =>
      PolicyDocument.Statement.some(
        ({ Effect, Principal, Action, Condition }: Record<string, unknown>) =>
          Effect === "Deny" &&
          Principal === "*" &&
          Action === "s3:*" &&
          /^{"Bool":{"aws:SecureTransport":"?false"?}}$/.test(JSON.stringify(Condition)),
      ),
    )
    .map(([, { Bucket }]) => renderValue(Bucket));
  return findResources(template, "AWS::S3::Bucket")
    .filter(([name]) => !guarded.includes(`<${name}>`))
    .map(([name]) => `${name}: takes plain HTTP`);
};

const bucketsAreNotPublic: Rule = (template) =>
  findResources(template, "AWS::S3::Bucket").flatMap(([name, { PublicAccessBlockConfiguration }]) =>
    ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"]
      .filter((setting) => PublicAccessBlockConfiguration?.[setting] !== true)
      .map((setting) => `${name}: ${setting} is off`),
  );

/** Where somebody turns on versions, what has expired would stay as one of them. */
const expiredObjectsAreForgotten: Rule = (template) =>
  findResources(template, "AWS::S3::Bucket")
    .filter(([, { LifecycleConfiguration }]) => {
      const rules: Record<string, unknown>[] = LifecycleConfiguration?.Rules ?? [];
      const endsVersions = rules.some(
        ({ Prefix, NoncurrentVersionExpiration }) => Prefix === undefined && NoncurrentVersionExpiration,
      );
      return rules.some(({ ExpirationInDays }) => ExpirationInDays) && !endsVersions;
    })
    .map(([name]) => `${name}: keeps former versions for ever`);

/** Those that could not be delivered, too. */
const deliveredRecordsExpire: Rule = (template) => {
  const rules: Record<string, unknown>[] =
    template.Resources.InferenceLogBucket?.Properties.LifecycleConfiguration.Rules ?? [];
  const expiring = rules.filter(({ ExpirationInDays }) => ExpirationInDays);
  return findResources(template, "AWS::KinesisFirehose::DeliveryStream")
    .map(([, { ExtendedS3DestinationConfiguration }]) => ExtendedS3DestinationConfiguration)
    .flatMap(({ Prefix, ErrorOutputPrefix }) => [renderValue(Prefix), renderValue(ErrorOutputPrefix)])
    .filter((place) => !expiring.some(({ Prefix }) => place.startsWith(String(Prefix))))
    .map((place) => `${place}: kept for ever`);
};

const logsAreKeptForATime: Rule = (template) =>
  findResources(template, "AWS::Logs::LogGroup")
    .filter(([, { RetentionInDays }]) => !(RetentionInDays > 0))
    .map(([name]) => `${name}: kept for ever`);

/** Lambda would make a missing log group itself, without retention. */
const functionsHaveLogGroups: Rule = (template) => {
  const groups = findResources(template, "AWS::Logs::LogGroup").map(([, { LogGroupName }]) => LogGroupName);
  return findResources(template, "AWS::Lambda::Function")
    .filter(([, { FunctionName }]) => !groups.includes(`/aws/lambda/${FunctionName}`))
    .map(([name]) => `${name}: no log group`);
};

const functionsAnswerBeforeApiGatewayGivesUp: Rule = (template) =>
  findResources(template, "AWS::ApiGatewayV2::Integration").flatMap(([, { IntegrationUri }]) => {
    const name = renderValue(IntegrationUri).replace(/^<(\w+)\.Arn>$/, "$1");
    const seconds = template.Resources[name]?.Properties.Timeout;
    return seconds < apiGatewayLimitSeconds ? [] : [`${name}: answers in up to ${seconds} s`];
  });

const stagesAreThrottled: Rule = (template) =>
  findResources(template, "AWS::ApiGatewayV2::Stage")
    .filter(([, { DefaultRouteSettings: { ThrottlingRateLimit, ThrottlingBurstLimit } = {} }]) => {
      return !(ThrottlingRateLimit > 0 && ThrottlingBurstLimit > 0);
    })
    .map(([name]) => `${name}: not throttled`);

const stagesWriteAccessLogs: Rule = (template) => {
  const groups = findResources(template, "AWS::Logs::LogGroup").map(([name]) => `<${name}.Arn>`);
  return findResources(template, "AWS::ApiGatewayV2::Stage")
    .filter(([, { AccessLogSettings }]) => {
      const group = AccessLogSettings && renderValue(AccessLogSettings.DestinationArn);
      return !(groups.includes(group) && /\$context\.status/.test(AccessLogSettings.Format));
    })
    .map(([name]) => `${name}: says nowhere what it answered`);
};

const functionsHaveAlarms: Rule = (template) => {
  const alarms = findResources(template, "AWS::CloudWatch::Alarm")
    .filter(([, { Namespace }]) => Namespace === "AWS/Lambda")
    .map(([, { MetricName, Dimensions }]) => `${MetricName} of ${renderValue(Dimensions[0].Value)}`);
  return findResources(template, "AWS::Lambda::Function")
    .flatMap(([name]) => [`Errors of <${name}>`, `Throttles of <${name}>`])
    .filter((expected) => !alarms.includes(expected))
    .map((missing) => `no alarm on ${missing}`);
};

const alarmsGoToTheTopic: Rule = (template) =>
  findResources(template, "AWS::CloudWatch::Alarm")
    .filter(([, { AlarmActions, ActionsEnabled }]) => {
      return ActionsEnabled === false || JSON.stringify(AlarmActions) !== '[{"Ref":"AlarmTopic"}]';
    })
    .map(([name]) => `${name}: tells nobody`);

/** A variable that is named like a secret is empty, or refers to where CloudFormation finds it. */
const variablesHoldNoSecret: Rule = (template) =>
  findResources(template, "AWS::Lambda::Function").flatMap(([name, { Environment }]) =>
    Object.entries(Environment.Variables)
      .filter(([variable]) => /PASSWORD|TOKEN|SECRET|CREDENTIAL|_KEY/.test(variable))
      .filter(([, value]) => value !== "" && !/^\{\{resolve:[^}]+\}\}$/.test(renderValue(value)))
      .map(([variable]) => `${name}: ${variable} stands in the template`),
  );

export const rules = {
  actionsAreNamed,
  resourcesAreNamed,
  invocationsNameTheirSource,
  bucketsAreEncrypted,
  bucketsAreEncryptedOnTheirWay,
  bucketsAreNotPublic,
  expiredObjectsAreForgotten,
  deliveredRecordsExpire,
  logsAreKeptForATime,
  functionsHaveLogGroups,
  functionsAnswerBeforeApiGatewayGivesUp,
  stagesAreThrottled,
  stagesWriteAccessLogs,
  functionsHaveAlarms,
  alarmsGoToTheTopic,
  variablesHoldNoSecret,
} satisfies Record<string, Rule>;

function findStatements(template: Template) {
  return findResources(template, "AWS::IAM::Role").flatMap(([role, properties]) =>
    readStatements(role, properties).map((statement) => ({ role, ...statement })),
  );
}
