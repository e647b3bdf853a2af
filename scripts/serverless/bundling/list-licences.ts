import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "esbuild";
import { renderLicences } from "../../package/render-licences.ts";

/** Writes beside each bundle the licences of the packages in it and in its chunks: `handler.mjs.LICENCES.txt`. */
export const listLicences: Plugin = {
  name: "list-licences",
  setup({ initialOptions, onEnd }) {
    initialOptions.metafile = true;
    const entryPoints = initialOptions.entryPoints as string[];
    onEnd(({ metafile }) => {
      const outputs = Object.entries(metafile?.outputs ?? {});
      const inputs = outputs.flatMap(([, output]) => Object.keys(output.inputs));
      for (const [path, { entryPoint }] of outputs) {
        // Chunks that are imported on demand have an entry point too.
        if (entryPoint === undefined || !entryPoints.includes(entryPoint)) continue;
        writeFileSync(`${resolve(path)}.LICENCES.txt`, renderLicences(findPackages(inputs)));
      }
    });
  },
};

/** Finds the folders of the packages to which these files belong. */
function findPackages(inputs: readonly string[]): string[] {
  const folders = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].map((folder) => resolve(folder));
}
