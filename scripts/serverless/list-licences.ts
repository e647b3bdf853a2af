import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Metafile, Plugin } from "esbuild";
import { renderLicences } from "../package/render-licences.ts";

/** Puts beside every bundle a text with the licences of the packages in it: `handler.mjs.LICENCES.txt`. */
export const listLicences: Plugin = {
  name: "list-licences",
  setup({ initialOptions, onEnd }) {
    initialOptions.metafile = true;
    onEnd(({ metafile }) => {
      for (const [path, output] of Object.entries(metafile?.outputs ?? {})) {
        if (output.entryPoint === undefined) continue;
        writeFileSync(`${resolve(path)}.LICENCES.txt`, renderLicences(findPackages(output)));
      }
    });
  },
};

/** Folders of the packages that a bundle has code of. */
function findPackages({ inputs }: Metafile["outputs"][string]): string[] {
  const folders = Object.keys(inputs).map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].map((folder) => resolve(folder));
}
