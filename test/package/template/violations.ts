import type { Resource, Statement, Template } from "./read-template.ts";
import type { rules } from "./rules.ts";

/** For every rule a change to the template that breaks it, as somebody might make it. */
export const violations: Record<keyof typeof rules, (template: Template) => void> = {
  actionsAreNamed: (template) => {
    firstStatement(template, "DocsRole").Action = "logs:*";
  },
  resourcesAreNamed: (template) => {
    firstStatement(template, "DocsRole").Resource = "arn:aws:logs:*:*:log-group:/aws/lambda/*";
  },
  invocationsNameTheirSource: (template) => {
    delete find(template, "PredictLambdaPermissionHttpApi").Properties.SourceArn;
  },
  bucketsAreEncrypted: (template) => {
    delete find(template, "InferenceLogBucket").Properties.BucketEncryption;
  },
  bucketsAreEncryptedOnTheirWay: (template) => {
    find(template, "InferenceLogBucketPolicy").Properties.PolicyDocument.Statement[0].Effect = "Allow";
  },
  bucketsAreNotPublic: (template) => {
    find(template, "InferenceLogBucket").Properties.PublicAccessBlockConfiguration.BlockPublicAcls = false;
  },
  expiredObjectsAreForgotten: (template) => {
    const { Rules } = find(template, "InferenceLogBucket").Properties.LifecycleConfiguration;
    for (const rule of Rules) delete rule.NoncurrentVersionExpiration;
  },
  deliveredRecordsExpire: (template) => {
    find(template, "InferenceLogStream").Properties.ExtendedS3DestinationConfiguration.ErrorOutputPrefix =
      "elsewhere/";
  },
  logsAreKeptForATime: (template) => {
    delete find(template, "HttpApiLogGroup").Properties.RetentionInDays;
  },
  functionsHaveLogGroups: (template) => {
    delete template.Resources.HealthLogGroup;
  },
  functionsAnswerBeforeApiGatewayGivesUp: (template) => {
    find(template, "PredictLambdaFunction").Properties.Timeout = 30;
  },
  stagesAreThrottled: (template) => {
    delete find(template, "HttpApiStage").Properties.DefaultRouteSettings.ThrottlingRateLimit;
  },
  stagesWriteAccessLogs: (template) => {
    delete find(template, "HttpApiStage").Properties.AccessLogSettings;
  },
  functionsHaveAlarms: (template) => {
    delete template.Resources.MetricsThrottlesAlarm;
  },
  alarmsGoToTheTopic: (template) => {
    find(template, "DriftErrorsAlarm").Properties.AlarmActions = [];
  },
  variablesHoldNoSecret: (template) => {
    const { Variables } = find(template, "PredictLambdaFunction").Properties.Environment;
    Variables.MLFLOW_TRACKING_PASSWORD = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYq3v8LmTzEc";
  },
};

function find({ Resources }: Template, name: string): Resource {
  const resource = Resources[name];
  if (resource === undefined) throw new Error(`Expected the template to have ${name}`);
  return resource;
}

function firstStatement(template: Template, role: string): Statement {
  return find(template, role).Properties.Policies[0].PolicyDocument.Statement[0];
}
