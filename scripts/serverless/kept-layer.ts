import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { localFolder } from "../stack/paths.ts";
import { findPlugin, type PluginHost } from "./find-plugin.ts";

interface Packager {
  packageLayer(name: string): Promise<string>;
}

interface Layer {
  path: string;
  package?: { artifact: string };
}

interface Serverless extends PluginHost {
  serviceDir: string;
  service: { getLayer(name: string): Layer };
  getVersion(): string;
}

/**
 * Compresses a layer only when something in it has changed: the model layer's 85 MB take half of what packaging takes, and most
 * deployments change nothing in them. The archive of the last one is kept in .local.
 */
export default class KeptLayer {
  readonly hooks: Record<string, () => void>;

  constructor(
    serverless: Serverless,
    _options: unknown,
    _utilities: unknown,
    folder = path.join(localFolder, "layers"),
  ) {
    this.hooks = { "before:package:createDeploymentArtifacts": () => keepLayers(serverless, folder) };
  }
}

function keepLayers(serverless: Serverless, folder: string): void {
  const packager = findPlugin<Packager>(serverless, ["packageLayer"], "osls to have Package.packageLayer");
  const compress = packager.packageLayer.bind(packager);
  packager.packageLayer = async (name) => {
    const layer = serverless.service.getLayer(name);
    const kept = path.join(folder, `${name}-${computeDigest(serverless, layer)}.zip`);
    if (existsSync(kept)) {
      const artifact = path.join(serverless.serviceDir, ".serverless", `${name}.zip`);
      await mkdir(path.dirname(artifact), { recursive: true });
      await copyFile(kept, artifact);
      layer.package = { artifact };
      return artifact;
    }
    const artifact = await compress(name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const unfinished = `${kept}.${process.pid}`;
    await copyFile(artifact, unfinished);
    await rename(unfinished, kept);
    return artifact;
  };
}

/** Computes a digest of the names, rights and bytes of the layer's files, and of the versions of what compresses them. */
function computeDigest(serverless: Serverless, layer: Layer): string {
  const hash = createHash("sha256").update(`${serverless.getVersion()} ${process.version}\n`);
  const directory = path.join(serverless.serviceDir, layer.path);
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" }).sort()) {
    const file = path.join(directory, name);
    const entry = statSync(file);
    if (!entry.isFile()) continue;
    hash.update(`${name}\n${entry.mode} ${entry.size}\n`).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 32);
}
