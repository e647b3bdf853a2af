interface Serverless {
  service: {
    provider: {
      compiledCloudFormationTemplate: { Resources: Record<string, { Properties?: { Metrics?: unknown } }> };
    };
  };
}

/**
 * Removes alarms over more than one metric from the template when AWS_ENDPOINT_URL names an emulator on this machine, because
 * the emulator of the deployment test refuses them. A deployment to AWS is never changed.
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
