import { parseSecretArn } from "../deploy/secret-arn.ts";

interface Template {
  Resources: {
    RetrainingJob: {
      Properties: {
        ContainerProperties: {
          Environment: { Name: string; Value: unknown }[];
          Secrets?: { Name: string; ValueFrom: string }[];
        };
      };
    };
    RetrainingExecutionRole: {
      Properties: { Policies: { PolicyDocument: { Statement: object[] } }[] };
    };
  };
}

interface Serverless {
  service: { provider: { compiledCloudFormationTemplate: Template } };
}

const secretNames = ["MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN"];

/**
 * Has the training job read MLflow's password from Secrets Manager when it starts. As an environment variable CloudFormation would
 * write the password itself into the job's definition, of which AWS Batch shows every revision.
 */
export default class JobSecrets {
  readonly hooks: Record<string, () => void>;

  constructor({ service }: Serverless) {
    this.hooks = {
      "after:aws:package:finalize:mergeCustomProviderResources": () =>
        readSecretsAtStart(service.provider.compiledCloudFormationTemplate),
    };
  }
}

function readSecretsAtStart({ Resources }: Template): void {
  const { ContainerProperties: job } = Resources.RetrainingJob.Properties;
  const secrets = job.Environment.flatMap(({ Name, Value }) => {
    const secret = secretNames.includes(Name) ? parseSecretArn(String(Value)) : undefined;
    return secret === undefined ? [] : [{ Name, ...secret }];
  });
  job.Environment = job.Environment.filter(({ Name }) => !secretNames.includes(Name));
  if (secrets.length === 0) return;
  job.Secrets = secrets.map(({ Name, valueFrom }) => ({ Name, ValueFrom: valueFrom }));
  const [policy] = Resources.RetrainingExecutionRole.Properties.Policies;
  policy?.PolicyDocument.Statement.push({
    Sid: "ReadSecrets",
    Effect: "Allow",
    Action: "secretsmanager:GetSecretValue",
    Resource: [...new Set(secrets.map(({ arn }) => arn))],
  });
}
