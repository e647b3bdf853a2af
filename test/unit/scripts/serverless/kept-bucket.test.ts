import { expect, it } from "vitest";
import KeptBucket from "../../../../scripts/serverless/kept-bucket.ts";

const template = () => ({
  Resources: {
    InferenceLogBucket: { Type: "AWS::S3::Bucket" },
    Policy: {
      Bucket: { Ref: "InferenceLogBucket" },
      Resource: { "Fn::GetAtt": ["InferenceLogBucket", "Arn"] },
    },
    Role: { Resource: { "Fn::Sub": "${InferenceLogBucket.Arn}/inference-log/*" } },
  } as Record<string, object>,
  Outputs: {
    Name: { Value: { Ref: "InferenceLogBucket" } },
    Key: { Value: { "Fn::Sub": "s3://${InferenceLogBucket}/k" } },
  },
});

function apply(keptLogBucket: string) {
  const provider = { compiledCloudFormationTemplate: template(), environment: {} };
  new KeptBucket({ service: { provider, custom: { keptLogBucket } } }).hooks[
    "after:aws:package:finalize:mergeCustomProviderResources"
  ]?.();
  return provider.compiledCloudFormationTemplate;
}

it("makes a bucket unless one was kept", () => {
  expect(apply("")).toEqual(template());
});

it("goes on with the kept one wherever the template names its own", () => {
  const arn = "arn:${AWS::Partition}:s3:::records";
  expect(apply("records")).toEqual({
    Resources: {
      Policy: { Bucket: "records", Resource: { "Fn::Sub": arn } },
      Role: { Resource: { "Fn::Sub": `${arn}/inference-log/*` } },
    },
    Outputs: { Name: { Value: "records" }, Key: { Value: { "Fn::Sub": "s3://records/k" } } },
  });
});
