interface Serverless {
  service: {
    provider: {
      compiledCloudFormationTemplate: { Resources: Record<string, { Properties?: { Metrics?: unknown } }> };
    };
  };
}

/**
 * Leaves out what the emulator of the deployment test refuses, where AWS_ENDPOINT_URL names one on this machine: alarms over more than one
 * metric. What is deployed to AWS is never touched.
 */
export default class EmulatedAws {
  readonly hooks: Record<string, () => void>;

  constructor({ service }: Serverless) {
    this.hooks = {
      "after:aws:package:finalize:mergeCustomProviderResources": () => {
        if (!/^https?:\/\/(localhost|127\.)/.test(process.env.AWS_ENDPOINT_URL ?? "")) return;
        const { Resources } = service.provider.compiledCloudFormationTemplate;
        for (const [name, { Properties }] of Object.entries(Resources)) {
          if (Properties?.Metrics !== undefined) delete Resources[name];
        }
      },
    };
  }
}
