import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";

/** CloudFormation's functions stand as the text they are given. */
const { Resources } = parse(readFileSync("resources/retraining.yml", "utf8"), { logLevel: "silent" });

it("tells the topic of the alarms about a failed training, and only where there is retraining", () => {
  const { Condition, Properties } = Resources.RetrainingFailedRule;
  expect(Condition).toBe("HasRetraining");
  expect(Properties.EventPattern).toEqual({
    source: ["aws.batch"],
    "detail-type": ["Batch Job State Change"],
    detail: { status: ["FAILED"], jobQueue: ["RetrainingQueue"] },
  });
  expect(Properties.Targets).toMatchObject([{ Arn: "AlarmTopic" }]);
});

it("lets the alarms publish to the topic as before it had a policy", () => {
  const { Condition, Properties } = Resources.AlarmTopicPolicy;
  expect(Condition).toBe("HasRetraining");
  const callers = Properties.PolicyDocument.Statement.map(
    ({ Principal, Action }: { Principal: { Service: string }; Action: string }) => [
      Principal.Service,
      Action,
    ],
  );
  expect(callers).toEqual([
    ["cloudwatch.amazonaws.com", "sns:Publish"],
    ["events.amazonaws.com", "sns:Publish"],
  ]);
});

it("evaluates on photographs of the only bucket besides the service's own that the job may read", () => {
  const [policy] = Resources.RetrainingJobRole.Properties.Policies;
  const buckets = policy.PolicyDocument.Statement.flatMap(
    ({ Resource }: { Resource: string | string[] }) => Resource,
  );
  expect(buckets.filter((bucket: string) => bucket.includes("s3:::"))).toEqual([
    "arn:${AWS::Partition}:s3:::${param:artifactBucket}/*",
    "arn:${AWS::Partition}:s3:::${param:artifactBucket}",
  ]);
});

it.each(["MLFLOW_DEFAULT_ARTIFACT_ROOT", "MAX_UPLOAD_SIZE", "MAX_IMAGE_PIXELS"])(
  "lets the gate read versions and photographs as predict does: %s",
  (Name) => {
    const variables = Resources.RetrainingJob.Properties.ContainerProperties.Environment;
    expect(variables).toContainEqual({ Name, Value: `\${self:provider.environment.${Name}}` });
  },
);

it("tags the job's runs with the environment of its deployment, as the functions do", () => {
  const variables = Resources.RetrainingJob.Properties.ContainerProperties.Environment;
  expect(variables).toContainEqual({
    Name: "ENVIRONMENT",
    Value: "${self:provider.environment.ENVIRONMENT}",
  });
});
