import { expect, it } from "vitest";
import JobSecrets from "../../../../scripts/serverless/job-secrets.ts";

const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mlflow-service-AbC123";
const reference = (parts: string) => `{{resolve:secretsmanager:${arn}${parts}}}`;

function apply(password: string, token = "") {
  const Environment = [
    { Name: "MLFLOW_TRACKING_URI", Value: "https://mlflow.example.org" },
    { Name: "MLFLOW_TRACKING_PASSWORD", Value: password },
    { Name: "MLFLOW_TRACKING_TOKEN", Value: token },
  ];
  const log = { Sid: "WriteLog", Effect: "Allow", Action: "logs:PutLogEvents", Resource: "log" };
  const Resources = {
    RetrainingJob: { Properties: { ContainerProperties: { Environment } } },
    RetrainingExecutionRole: { Properties: { Policies: [{ PolicyDocument: { Statement: [log] } }] } },
  };
  const provider = { compiledCloudFormationTemplate: { Resources } };
  new JobSecrets({ service: { provider } }).hooks[
    "after:aws:package:finalize:mergeCustomProviderResources"
  ]?.();
  const [policy] = Resources.RetrainingExecutionRole.Properties.Policies;
  const { RetrainingJob } = Resources;
  return {
    job: RetrainingJob.Properties.ContainerProperties as object,
    statements: policy?.PolicyDocument.Statement.slice(1),
  };
}

const uri = { Name: "MLFLOW_TRACKING_URI", Value: "https://mlflow.example.org" };

it.each([
  [":SecretString:password", `${arn}:password::`],
  [":SecretString:password::7f2c", `${arn}:password::7f2c`],
  [":SecretString:password:AWSPREVIOUS", `${arn}:password:AWSPREVIOUS:`],
  [":SecretString", arn],
  ["", arn],
])("has the training job read its secret when it starts: %j", (parts, ValueFrom) => {
  const { job, statements } = apply(reference(parts));
  expect(job).toEqual({ Environment: [uri], Secrets: [{ Name: "MLFLOW_TRACKING_PASSWORD", ValueFrom }] });
  expect(statements).toEqual([
    { Sid: "ReadSecrets", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [arn] },
  ]);
});

it("gives neither a secret nor a right where there is no password", () => {
  expect(apply("")).toEqual({ job: { Environment: [uri] }, statements: [] });
});

it("never lets CloudFormation write a secret into the job's definition", () => {
  const { job } = apply("{{resolve:secretsmanager:mlflow:SecretString:password}}", reference(""));
  expect(job).toEqual({
    Environment: [uri],
    Secrets: [{ Name: "MLFLOW_TRACKING_TOKEN", ValueFrom: arn }],
  });
});
