import { rmSync } from "node:fs";
import path from "node:path";
import { findPlugin, type PluginHost } from "./find-plugin.ts";

/** What serverless-esbuild's plugin has. */
interface Bundler {
  outputWorkFolder: string;
  workDirPath: string;
  buildDirPath: string;
}

interface Serverless extends PluginHost {
  serviceDir: string;
  processedInput: { commands: string[] };
}

/**
 * Gives every packaging a folder of its own for its bundles. In the one of a running `npm start` lie chunks of earlier edits,
 * which would be deployed too, and those that the service still loads on demand would be removed.
 */
export default class PackageFolder {
  readonly hooks: Record<string, () => void>;

  constructor(serverless: Serverless) {
    // serverless-esbuild, which is named before this plugin, has read its options by then.
    this.hooks = {
      initialize: () => {
        if (serverless.processedInput.commands[0] !== "offline") useOwnFolder(serverless);
      },
    };
  }
}

function useOwnFolder(serverless: Serverless): void {
  const bundler = findPlugin<Bundler>(
    serverless,
    ["outputWorkFolder", "workDirPath", "buildDirPath"],
    "serverless-esbuild to have outputWorkFolder, workDirPath and buildDirPath",
  );
  const builds = path.basename(bundler.buildDirPath);
  bundler.outputWorkFolder = path.join(path.dirname(bundler.outputWorkFolder), `package-${process.pid}`);
  bundler.workDirPath = path.join(serverless.serviceDir, bundler.outputWorkFolder);
  bundler.buildDirPath = path.join(bundler.workDirPath, builds);
  // serverless-esbuild removes it only once everything is packaged.
  process.once("exit", () => rmSync(bundler.workDirPath, { recursive: true, force: true }));
}
