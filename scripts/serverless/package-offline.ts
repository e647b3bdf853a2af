import { findPlugin, type PluginHost } from "./find-plugin.ts";

interface Serverless extends PluginHost {
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
  const compiler = findPlugin<LayerCompiler>(
    serverless,
    ["compareWithLastLayer"],
    "osls to have AwsCompileLayers.compareWithLastLayer",
  );
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
