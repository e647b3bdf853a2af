import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { parse } from "yaml";
import plugins from "../../../scripts/serverless/bundling/esbuild-plugins.ts";
import { projectRoot } from "../../../scripts/stack/paths.ts";

const { provider, custom, functions } = parse(
  readFileSync(path.join(projectRoot, "serverless.yml"), "utf8"),
  {
    logLevel: "silent", // CloudFormation's tags
  },
);

/** What predict's process is given for its memory, which glibc and V8 read at its start, and where its packages are. */
export const functionVariables: Record<string, string> = {
  MALLOC_ARENA_MAX: provider.environment.MALLOC_ARENA_MAX,
  MALLOC_MMAP_THRESHOLD_: provider.environment.MALLOC_MMAP_THRESHOLD_,
  NODE_OPTIONS: functions.predict.environment.NODE_OPTIONS,
  NODE_PATH: path.join(projectRoot, "node_modules"),
};

/**
 * Bundles a program as functions are bundled, so that reading TypeScript counts neither in its time nor in its memory.
 *
 * @returns the file to run
 */
export async function bundleProgram(source: string, folder: string): Promise<string> {
  const { bundle, platform, target, format, splitting, minify, keepNames, banner } = custom.esbuild;
  await build({
    ...{ bundle, platform, target, format, splitting, minify, keepNames, banner, plugins },
    entryPoints: [source],
    outdir: folder,
    outExtension: { ".js": custom.esbuild.outputFileExtension },
    logLevel: "error",
  });
  return path.join(folder, `${path.basename(source, ".ts")}${custom.esbuild.outputFileExtension}`);
}
