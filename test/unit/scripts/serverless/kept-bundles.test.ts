import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PluginBuild } from "esbuild";
import { afterEach, beforeEach, expect, it } from "vitest";
import plugins from "../../../../scripts/serverless/bundling/esbuild-plugins.ts";
import KeptBundles from "../../../../scripts/serverless/kept-bundles.ts";
import PackageFolder from "../../../../scripts/serverless/package-folder.ts";

let folder = "";
let made = 0;
beforeEach(() => {
  made = 0;
  folder = mkdtempSync(path.join(tmpdir(), "kept-bundles-"));
  write("functions/predict/handler.ts", "one");
  write("shared/mlflow/dist/built.js", "");
  write("node_modules/.package-lock.json", "");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

/** A run of osls whose serverless-esbuild bundles anew each time. */
function startRun(
  command = "offline",
  {
    port = "8080",
    minify = true,
    inputs = ["functions/predict/handler.ts"],
    kept = "kept",
    meanwhile = () => {},
  } = {},
) {
  const outputWorkFolder = `.esbuild/${port}`;
  const workDirPath = path.join(folder, outputWorkFolder);
  const entry = "functions/predict/handler.ts";
  const bundler = {
    buildOptions: { outputFileExtension: ".mjs", outputWorkFolder, minify },
    ...{ outputWorkFolder, workDirPath, buildDirPath: path.join(workDirPath, ".build") },
    functionEntries: [{ entry, func: { timeout: 3 }, functionAlias: "predict" }],
    buildResults: [] as object[],
    buildCache: {} as Record<string, object>,
    prepare: () => mkdirSync(bundler.buildDirPath, { recursive: true }),
    disposeContexts: async () => {},
    async bundle() {
      made += 1;
      meanwhile();
      bundler.prepare();
      writeFileSync(path.join(bundler.buildDirPath, "handler.mjs"), `bundle ${made}`);
      const metafile = { inputs: Object.fromEntries(inputs.map((input) => [input, {}])) };
      bundler.buildCache = { [entry]: { result: { metafile } } };
      const [{ func, functionAlias }] = bundler.functionEntries as [(typeof bundler.functionEntries)[0]];
      bundler.buildResults = [{ bundlePath: "functions/predict/handler.mjs", func, functionAlias }];
    },
  };
  const serverless = {
    serviceDir: folder,
    processedInput: { commands: [command] },
    pluginManager: { plugins: [bundler] },
  };
  new PackageFolder(serverless).hooks.initialize?.();
  new KeptBundles(serverless, {}, {}, path.join(folder, kept)).hooks.initialize?.();
  return bundler;
}

async function bundle(...parameters: Parameters<typeof startRun>): Promise<string> {
  const bundler = startRun(...parameters);
  await bundler.bundle();
  expect(bundler.buildResults).toEqual([
    { bundlePath: "functions/predict/handler.mjs", func: { timeout: 3 }, functionAlias: "predict" },
  ]);
  return readFileSync(path.join(bundler.buildDirPath, "handler.mjs"), "utf8");
}

it("bundles again only when a source, an installed package or an option has changed", async () => {
  expect([await bundle(), await bundle(), await bundle("package")]).toEqual(Array(3).fill("bundle 1"));
  expect(await bundle("offline", { port: "9000" })).toBe("bundle 1");
  write("functions/predict/handler.ts", "two");
  expect([await bundle(), await bundle()]).toEqual(["bundle 2", "bundle 2"]);
  write("shared/new.ts", "");
  expect(await bundle()).toBe("bundle 3");
  write("node_modules/.package-lock.json", "{}");
  expect(await bundle()).toBe("bundle 4");
  write("tsconfig.json", "{}");
  expect(await bundle()).toBe("bundle 5");
  expect(await bundle("offline", { minify: false })).toBe("bundle 6");
  write("shared/mlflow/dist/built.js", "changed");
  expect(await bundle("offline", { minify: false })).toBe("bundle 6");
});

const handler = "functions/predict/handler.ts";
it.each([
  { kept: true, inputs: [handler, "node_modules/zod/index.js", `page-raw:${handler}`, "required:x"] },
  { kept: true, inputs: [handler, "read-when-called:yaml", "hdf5-as-file:h5wasm.wasm"] },
  { kept: false, inputs: ["elsewhere/a.ts"] },
  { kept: false, inputs: ["functions-of-others/a.ts"] },
  { kept: false, inputs: ["shared/mlflow/dist/built.js"] },
  { kept: false, inputs: ["page-raw:functions/link.css"] },
])("keeps bundles only of files whose changes it notices: $inputs", async ({ kept, inputs }) => {
  write("elsewhere.css", "");
  symlinkSync("../elsewhere.css", path.join(folder, "functions/link.css"));
  expect([await bundle("offline", { inputs }), await bundle()]).toEqual([
    "bundle 1",
    kept ? "bundle 1" : "bundle 2",
  ]);
});

it("does not keep bundles of packages that nothing lists", async () => {
  rmSync(path.join(folder, "node_modules"), { recursive: true });
  const inputs = ["node_modules/zod/index.js"];
  expect([await bundle("offline", { inputs }), await bundle()]).toEqual(["bundle 1", "bundle 2"]);
});

it("does not keep bundles of what was edited while they were made", async () => {
  const meanwhile = () => write(handler, "two");
  expect(await bundle("offline", { meanwhile })).toBe("bundle 1");
  write(handler, "one");
  expect(await bundle()).toBe("bundle 2");
});

it("takes no kept bundles of which a part is missing", async () => {
  await bundle();
  const [kept = ""] = readdirSync(path.join(folder, "kept"));
  truncateSync(path.join(folder, "kept", kept), 20);
  expect(await bundle()).toBe("bundle 2");
});

it("leaves to serverless-esbuild what is edited while the service runs", async () => {
  const bundler = startRun();
  await bundler.bundle();
  await bundler.bundle();
  expect(made).toBe(2);
});

it("packages no chunk that a running service has left, and removes none of its chunks", async () => {
  const chunk = ".esbuild/8080/.build/handler.chunk-OLD.mjs";
  write(chunk, "");
  const bundler = startRun("package");
  await bundler.bundle();
  expect(readdirSync(bundler.buildDirPath)).toEqual(["handler.mjs"]);
  rmSync(bundler.workDirPath, { recursive: true });
  expect(existsSync(path.join(folder, chunk))).toBe(true);
});

it("leaves no folder of a packaging that failed", async () => {
  const others = process.listeners("exit");
  const bundler = startRun("package");
  await bundler.bundle();
  for (const remove of process.listeners("exit").filter((each) => !others.includes(each))) remove(1);
  expect(existsSync(bundler.workDirPath)).toBe(false);
});

it("starts with a folder of its own bundles alone", async () => {
  write(".esbuild/8080/.build/handler.chunk-OLD.mjs", "");
  const bundler = startRun();
  await bundler.bundle();
  expect(readdirSync(bundler.buildDirPath)).toEqual(["handler.mjs"]);
});

it("bundles where nothing can be kept", async () => {
  write("file", "");
  expect(await bundle("offline", { kept: "file/kept" })).toBe("bundle 1");
  expect(await bundle("offline", { kept: "file/kept" })).toBe("bundle 2");
});

it("knows every namespace of the plugins: an unknown one would keep no bundle any more", async () => {
  const namespaces = new Set<string>();
  const build = {
    initialOptions: { entryPoints: [] },
    onResolve: () => {},
    onLoad: ({ namespace = "file" }) => void namespaces.add(namespace),
    onEnd: () => {},
  };
  for (const plugin of plugins) await plugin.setup(build as unknown as PluginBuild);
  namespaces.delete("file");
  expect(namespaces.size).toBeGreaterThan(3);
  const inputs = [...namespaces].map((name) =>
    name.startsWith("page-") ? `${name}:functions/predict/handler.ts` : `${name}:made`,
  );
  expect(await bundle("offline", { inputs })).toBe("bundle 1");
  expect(await bundle("offline", { inputs })).toBe("bundle 1");
});
