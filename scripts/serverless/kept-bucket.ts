interface Template {
  Resources: Record<string, unknown>;
}

interface Serverless {
  service: {
    provider: { compiledCloudFormationTemplate: Template; environment: Record<string, unknown> };
    custom: { keptLogBucket: string };
  };
}

const resource = "InferenceLogBucket";

/**
 * With KEPT_LOG_BUCKET the stack creates no bucket for the inference log but uses one that an earlier deployment left. Every
 * reference to the resource becomes the name or the ARN of that bucket. Its policy is set again; its lifecycle rules stay.
 */
export default class KeptBucket {
  readonly hooks: Record<string, () => void>;

  constructor(serverless: Serverless) {
    this.hooks = {
      "after:aws:package:finalize:mergeCustomProviderResources": () => useKeptBucket(serverless),
    };
  }
}

function useKeptBucket({ service }: Serverless): void {
  const { provider, custom } = service;
  if (custom.keptLogBucket === "") return;
  const { compiledCloudFormationTemplate: template } = provider;
  delete template.Resources[resource];
  provider.compiledCloudFormationTemplate = JSON.parse(replaceReferences(template, custom.keptLogBucket));
}

export function replaceReferences(template: object, bucket: string): string {
  const arn = `arn:\${AWS::Partition}:s3:::${bucket}`;
  return JSON.stringify(template, (_, value: unknown) => {
    if (typeof value === "string") {
      return value.replaceAll(`\${${resource}.Arn}`, arn).replaceAll(`\${${resource}}`, bucket);
    }
    const text = JSON.stringify(value);
    if (text === JSON.stringify({ Ref: resource })) return bucket;
    if (text === JSON.stringify({ "Fn::GetAtt": [resource, "Arn"] })) return { "Fn::Sub": arn };
    return value;
  });
}
