import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";

/**
 * What a page is made of is kept in files of its own kind and becomes text where it is imported: import
 * styles from "./page.css?raw" the file as it is import script from "./browser/page.ts?browser" the module
 * with all it imports, as one script for a browser
 */
export const inlinePageAssets: Plugin = {
  name: "inline-page-assets",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?(raw|browser)$/ }, ({ path, resolveDir }) => {
      const [file, kind] = path.split("?") as [string, string];
      // Source maps name it: the same from whatever folder the project lies in.
      return { path: relative(process.cwd(), resolve(resolveDir, file)), namespace: `page-${kind}` };
    });
    onLoad({ filter: /.*/, namespace: "page-raw" }, async ({ path }) => ({
      contents: await readFile(path, "utf8"),
      loader: "text",
      watchFiles: [resolve(path)],
    }));
    onLoad({ filter: /.*/, namespace: "page-browser" }, async ({ path }) => {
      const { script, files } = await bundleForBrowser(path);
      return { contents: script, loader: "text", watchFiles: files };
    });
  },
};

/** The same for tests; `?raw` Vite knows by itself. */
export const inlineBrowserScripts = {
  name: "inline-browser-scripts",
  async load(id: string): Promise<string | undefined> {
    if (!id.endsWith("?browser")) return undefined;
    const { script } = await bundleForBrowser(id.slice(0, -"?browser".length));
    return `export default ${JSON.stringify(script)}`;
  },
};

async function bundleForBrowser(path: string): Promise<{ script: string; files: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    charset: "utf8",
    format: "iife",
    platform: "browser",
    target: "es2022",
  });
  const script = outputFiles[0]?.text ?? "";
  return { script, files: Object.keys(metafile.inputs).map((file) => resolve(file)) };
}
