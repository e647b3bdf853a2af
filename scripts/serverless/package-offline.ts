interface Serverless {
  pluginManager: { plugins: { constructor: { name: string } }[] };
  processedInput: { commands: string[] };
}

interface LayerCompiler {
  compareWithLastLayer(layerName: string): Promise<unknown>;
}

/**
 * Lets `serverless package` run without credentials. It would ask CloudFormation whether a layer has already been uploaded;
 * without credentials there is nothing to compare with, so the layer is packaged as new.
 */
export default class PackageOffline {
  readonly hooks: Record<string, () => void>;

  constructor(serverless: Serverless) {
    this.hooks = { "before:package:compileLayers": () => tolerateMissingCredentials(serverless) };
  }
}

function tolerateMissingCredentials(serverless: Serverless): void {
  const compiler = findLayerCompiler(serverless);
  const compare = compiler.compareWithLastLayer.bind(compiler);
  compiler.compareWithLastLayer = async (layerName) => {
    try {
      return await compare(layerName);
    } catch (error) {
      const isPackaging = serverless.processedInput.commands.includes("package");
      if (isPackaging && error instanceof Error && /credentials not found/i.test(error.message))
        return undefined;
      throw error;
    }
  };
}

function findLayerCompiler(serverless: Serverless): LayerCompiler {
  const plugin = serverless.pluginManager.plugins.find((p) => p.constructor.name === "AwsCompileLayers");
  if (plugin === undefined || !("compareWithLastLayer" in plugin)) {
    throw new Error(
      "Expected osls to have AwsCompileLayers.compareWithLastLayer, but it has changed: use the version that package-lock.json names",
    );
  }
  return plugin as unknown as LayerCompiler;
}
