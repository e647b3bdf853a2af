import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { localFolder } from "../stack/paths.ts";

/** What serverless-esbuild's plugin has; bundles are files of `buildDirPath`. */
interface Bundler {
  buildOptions: { outputFileExtension: string; outputWorkFolder?: string; watch?: unknown };
  outputWorkFolder: string;
  workDirPath: string;
  buildDirPath: string;
  functionEntries: { entry: string; func: unknown; functionAlias: string }[];
  buildResults: { bundlePath: string; func: unknown; functionAlias: string }[];
  /** By entry; one that esbuild made names the files that are in it. */
  buildCache: Record<string, { result?: { metafile?: { inputs: Record<string, unknown> } } }>;
  prepare(): void;
  bundle(): Promise<void>;
}

interface Serverless {
  serviceDir: string;
  processedInput: { commands: string[] };
  pluginManager: { plugins: object[] };
}

/** Files and folders of which bundles are made, and what makes them. The list of installed packages stands for these. */
const sources = [
  "functions",
  "shared",
  "models/eye-disease/MODEL_CARD.md",
  "models/eye-disease/sample",
  "package.json",
  "scripts/package/render-licences.ts",
  "scripts/serverless/bundling",
  "node_modules/.package-lock.json",
];

/**
 * Bundles the functions only when something in them has changed: a start or a package whose bundles are known takes 5 s less of
 * processor time, and no process of esbuild. The bundles of the last time are kept in .local. What is edited while the service
 * runs is bundled by serverless-esbuild as ever.
 *
 * It also gives every packaging a folder of its own for its bundles. In the one of a running `npm start` lie chunks of earlier
 * edits, which would be deployed too, and those that the service still loads on demand would be removed.
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
    this.hooks = { initialize: () => keepBundles(serverless, findBundler(serverless), folder) };
  }
}

function keepBundles({ serviceDir, processedInput }: Serverless, bundler: Bundler, keptFolder: string): void {
  if (processedInput.commands[0] !== "offline") useOwnFolder(bundler, serviceDir);
  const bundle = bundler.bundle.bind(bundler);
  bundler.bundle = async () => {
    bundler.bundle = bundle;
    await rm(bundler.buildDirPath, { recursive: true, force: true });
    const kept = path.join(keptFolder, computeDigest(serviceDir, bundler));
    if (await takeKept(bundler, kept)) return;
    await bundle();
    // A folder that cannot be written, or a full disk, costs the next start some seconds and nothing else.
    if (isMadeOfSources(bundler)) await keep(bundler, kept).catch(() => {});
  };
}

function useOwnFolder(bundler: Bundler, serviceDir: string): void {
  const builds = path.basename(bundler.buildDirPath);
  bundler.outputWorkFolder = path.join(path.dirname(bundler.outputWorkFolder), `package-${process.pid}`);
  bundler.workDirPath = path.join(serviceDir, bundler.outputWorkFolder);
  bundler.buildDirPath = path.join(bundler.workDirPath, builds);
}

/** @returns false when there are none, or another process has just removed them */
async function takeKept(bundler: Bundler, kept: string): Promise<boolean> {
  bundler.prepare();
  try {
    await cp(kept, bundler.buildDirPath, { recursive: true });
  } catch {
    return false;
  }
  bundler.buildResults = bundler.functionEntries.map(({ entry, func, functionAlias }) => ({
    bundlePath: entry.slice(0, entry.lastIndexOf(".")) + bundler.buildOptions.outputFileExtension,
    func,
    functionAlias,
  }));
  return true;
}

/** In one step, because another process may look for them at the same time. */
async function keep({ buildDirPath }: Bundler, kept: string): Promise<void> {
  const unfinished = `${kept}.${process.pid}`;
  await rm(path.dirname(kept), { recursive: true, force: true });
  await mkdir(path.dirname(kept), { recursive: true });
  await cp(buildDirPath, unfinished, { recursive: true });
  await rename(unfinished, kept);
}

/** Whether a change of anything in the bundles would be noticed. `required:` is what bundles do not contain, such as native packages. */
const isMadeOfSources = ({ buildCache }: Bundler): boolean =>
  Object.values(buildCache)
    .flatMap(({ result }) => Object.keys(result?.metafile?.inputs ?? { unknown: true }))
    .filter((input) => !input.startsWith("required:"))
    .map((input) => input.slice(input.indexOf(":") + 1))
    .every((file) => file.includes("node_modules/") || sources.some((source) => file.startsWith(source)));

function computeDigest(serviceDir: string, { buildOptions, functionEntries }: Bundler): string {
  const { outputWorkFolder: _port, watch: _watched, ...options } = buildOptions;
  const entries = functionEntries.map(({ entry, functionAlias }) => `${functionAlias} ${entry}`);
  const hash = createHash("sha256").update(JSON.stringify({ options, entries }));
  for (const file of sources.flatMap((source) => listFiles(serviceDir, source)))
    hash.update(`\n${file}\n`).update(readFileSync(path.join(serviceDir, file)));
  return hash.digest("hex").slice(0, 32);
}

/** A source that is missing has no files. */
function listFiles(serviceDir: string, source: string): string[] {
  const whole = path.join(serviceDir, source);
  if (!existsSync(whole)) return [];
  if (statSync(whole).isFile()) return [source];
  return readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(serviceDir, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^shared\/[^/]+\/dist\//.test(file))
    .sort();
}

function findBundler({ pluginManager }: Serverless): Bundler {
  const plugin = pluginManager.plugins.find((each) => "buildDirPath" in each && "bundle" in each);
  if (plugin === undefined)
    throw new Error(
      "Expected serverless-esbuild to have a plugin with bundle() and buildDirPath, but it has changed: use the version that package-lock.json names",
    );
  return plugin as Bundler;
}
