import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { renderMarkdown } from "./render-markdown.ts";

/** The text that an import becomes, and the files from which it is made. */
interface Asset {
  text: string;
  files: string[];
}

/** How to render an import, by the word after its `?`. */
const renderers: Record<string, (file: string) => Promise<Asset>> = {
  raw: async (file) => ({ text: await readFile(file, "utf8"), files: [resolve(file)] }),
  base64: async (file) => ({ text: await readFile(file, "base64"), files: [resolve(file)] }),
  markup: async (file) => ({ text: renderMarkdown(await readFile(file, "utf8")), files: [resolve(file)] }),
  browser: bundleForBrowser,
};
const filter = new RegExp(`\\?(?:${Object.keys(renderers).join("|")})$`);

/**
 * Turns the parts of pages, which are files of their own kinds, into text where they are imported:
 * - `import styles from "./page.css?raw"`: the file as it is
 * - `?base64`: a binary file, in base64
 * - `?markup`: Markdown as HTML
 * - `import script from "./browser/page.ts?browser"`: the module with all its imports, as one script for a browser
 */
export const inlinePageAssets: Plugin = {
  name: "inline-page-assets",
  setup({ onResolve, onLoad }) {
    onResolve({ filter }, ({ path, resolveDir }) => {
      const [file, kind] = path.split("?") as [string, string];
      // Source maps contain the path: a relative one is the same wherever the project lies.
      return { path: relative(process.cwd(), resolve(resolveDir, file)), namespace: `page-${kind}` };
    });
    for (const [kind, render] of Object.entries(renderers)) {
      onLoad({ filter: /.*/, namespace: `page-${kind}` }, async ({ path }) => {
        const { text, files } = await render(path);
        return { contents: text, loader: "text", watchFiles: files };
      });
    }
  },
};

/** The same for tests; Vite itself handles `?raw`. */
export const inlineAssetsInTests = {
  name: "inline-page-assets",
  enforce: "pre" as const,
  async load(id: string): Promise<string | undefined> {
    const [file, kind] = id.split("?") as [string, string | undefined];
    const render = kind === undefined || kind === "raw" ? undefined : renderers[kind];
    return render && `export default ${JSON.stringify((await render(file)).text)}`;
  },
};

async function bundleForBrowser(file: string): Promise<Asset> {
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    charset: "utf8",
    format: "iife",
    platform: "browser",
    target: "es2022",
  });
  return {
    text: outputFiles[0]?.text ?? "",
    files: Object.keys(metafile.inputs).map((input) => resolve(input)),
  };
}
