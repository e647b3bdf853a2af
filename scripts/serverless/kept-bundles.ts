import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { stop } from "esbuild";
import { localFolder } from "../stack/paths.ts";
import { findPlugin, type PluginHost } from "./find-plugin.ts";

/** What serverless-esbuild's plugin has; bundles are files of `buildDirPath`. */
interface Bundler {
  buildOptions: { outputFileExtension: string; outputWorkFolder?: string; watch?: unknown };
  buildDirPath: string;
  functionEntries: { entry: string; func: unknown; functionAlias: string }[];
  buildResults: { bundlePath: string; func: unknown; functionAlias: string }[];
  /** By entry; one that esbuild made names the files that are in it. */
  buildCache: Record<string, { result?: { metafile?: { inputs: Record<string, unknown> } } }>;
  prepare(): void;
  disposeContexts(): Promise<void>;
  bundle(): Promise<void>;
}

interface Serverless extends PluginHost {
  serviceDir: string;
}

/** The list of installed packages stands for these. */
const installedPackages = "node_modules/.package-lock.json";

/** Files and folders of which bundles are made, and what makes them. */
const sources = [
  "functions",
  "shared",
  "models/eye-disease/MODEL_CARD.md",
  "models/eye-disease/sample",
  "package.json",
  "tsconfig.json",
  "scripts/package/render-licences.ts",
  "scripts/serverless/bundling",
  installedPackages,
];

/**
 * Bundles the functions only when something in them has changed: a start or a package whose bundles are known takes 5 s less of
 * processor time, and no process of esbuild. The bundles of the last time are kept in .local. What is edited while the service
 * runs is bundled by serverless-esbuild as ever.
 */
export default class KeptBundles {
  readonly hooks: Record<string, () => void>;

  constructor(
    serverless: Serverless,
    _options: unknown,
    _utilities: unknown,
    folder = path.join(localFolder, "bundles"),
  ) {
    // serverless-esbuild, which is named before this plugin, has read its options by then.
    this.hooks = { initialize: () => keepBundles(serverless, folder) };
  }
}

function keepBundles(serverless: Serverless, keptFolder: string): void {
  const { serviceDir } = serverless;
  const bundler = findPlugin<Bundler>(
    serverless,
    ["bundle", "buildDirPath"],
    "serverless-esbuild to have bundle() and buildDirPath",
  );
  const bundle = bundler.bundle.bind(bundler);
  bundler.bundle = async () => {
    bundler.bundle = bundle;
    await rm(bundler.buildDirPath, { recursive: true, force: true });
    const digest = computeDigest(serviceDir, bundler);
    const kept = path.join(keptFolder, digest);
    if (await takeKept(bundler, kept)) return;
    await bundle();
    // What was edited meanwhile may be in the bundles or not.
    if (computeDigest(serviceDir, bundler) === digest && isMadeOfSources(serviceDir, bundler)) {
      // A folder that cannot be written, or a full disk, costs the next start some seconds and nothing else.
      await keep(bundler, kept).catch(() => {});
    }
    await stopEsbuild(bundler);
  };
}

/** @returns false when there are none, or they cannot be read */
async function takeKept(bundler: Bundler, kept: string): Promise<boolean> {
  let files: Map<string, Uint8Array>;
  try {
    files = deserialize(await readFile(kept));
  } catch {
    return false;
  }
  bundler.prepare();
  for (const [file, contents] of files) {
    const target = path.join(bundler.buildDirPath, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, contents);
  }
  bundler.buildResults = bundler.functionEntries.map(({ entry, func, functionAlias }) => ({
    bundlePath: entry.slice(0, entry.lastIndexOf(".")) + bundler.buildOptions.outputFileExtension,
    func,
    functionAlias,
  }));
  return true;
}

/** Its process holds a gigabyte to bundle an edit faster. Without it an edit is bundled from the beginning, as where the bundles were kept. */
async function stopEsbuild(bundler: Bundler): Promise<void> {
  await bundler.disposeContexts();
  bundler.buildCache = {};
  await stop();
}

/** In one file, which another process finds whole or not at all, whenever it looks. */
async function keep({ buildDirPath }: Bundler, kept: string): Promise<void> {
  const files = listFiles(buildDirPath, ".").map((file): [string, Buffer] => [
    file,
    readFileSync(path.join(buildDirPath, file)),
  ]);
  const unfinished = `${kept}.${randomUUID()}`;
  await rm(path.dirname(kept), { recursive: true, force: true });
  await mkdir(path.dirname(kept), { recursive: true });
  await writeFile(unfinished, serialize(new Map(files)));
  await rename(unfinished, kept);
}

/** What plugins write themselves (bundling/esbuild-plugins.ts): no file of its own to look at. Other namespaces are before a file's path. */
const isWrittenByPlugin = (input: string): boolean =>
  /^(required|read-when-called|hdf5-as-file):/.test(input);

/** Whether a change of anything in the bundles would be noticed. */
function isMadeOfSources(serviceDir: string, { buildCache }: Bundler): boolean {
  const known = new Set(listSources(serviceDir));
  return Object.values(buildCache)
    .flatMap(({ result }) => Object.keys(result?.metafile?.inputs ?? { unknown: true }))
    .filter((input) => !isWrittenByPlugin(input))
    .map((input) => input.slice(input.indexOf(":") + 1))
    .every((file) => known.has(file.includes("node_modules/") ? installedPackages : file));
}

function computeDigest(serviceDir: string, { buildOptions, functionEntries }: Bundler): string {
  const { outputWorkFolder: _port, watch: _watched, ...options } = buildOptions;
  const entries = functionEntries.map(({ entry, functionAlias }) => `${functionAlias} ${entry}`);
  const hash = createHash("sha256").update(JSON.stringify({ options, entries }));
  for (const file of listSources(serviceDir))
    hash.update(`\n${file}\n`).update(readFileSync(path.join(serviceDir, file)));
  return hash.digest("hex").slice(0, 32);
}

const listSources = (serviceDir: string): string[] =>
  sources.flatMap((source) => listFiles(serviceDir, source));

/** A source that is missing has no files. */
function listFiles(serviceDir: string, source: string): string[] {
  const whole = path.join(serviceDir, source);
  if (!existsSync(whole)) return [];
  if (statSync(whole).isFile()) return [source];
  return readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(serviceDir, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => !/^shared\/[^/]+\/dist\//.test(file))
    .sort();
}
