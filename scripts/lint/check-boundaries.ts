import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";

const folders = ["functions", "shared", "scripts", "test"];

export interface BoundaryReport {
  /** How many source files had their imports checked. */
  moduleCount: number;
  /** One line per violation: the rule, the file, and what it must not import. */
  violations: string[];
}

/**
 * Applies the rules of .dependency-cruiser.mjs to the source files under `root`, and two rules that it cannot express: every
 * source file must have been read (with a TypeScript that it does not know, dependency-cruiser reads none and finds nothing
 * wrong), and in functions/ and shared/ only shared/settings reads process.env.
 */
export async function checkBoundaries(root: string): Promise<BoundaryReport> {
  const sources = findSources(root);
  const { modules, summary } = await cruiseSources(root, sources);
  const seen = new Set(modules.map((module) => module.source));
  const unseen = sources.filter((source) => !seen.has(source));
  return {
    moduleCount: sources.length - unseen.length,
    violations: [
      ...unseen.map((source) => `every-file-is-seen: ${source}`),
      ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
      ...findEnvironmentReaders(root, sources).map((source) => `environment-behind-settings: ${source}`),
    ],
  };
}

function findSources(root: string): string[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,mjs}`, { cwd: root }))
    .filter((path) => !path.endsWith(".d.ts") && !/\/(generated|fixtures|dist|example)\//.test(path))
    .sort();
}

async function cruiseSources(root: string, sources: string[]): Promise<ICruiseResult> {
  const configuration = new URL("../../.dependency-cruiser.mjs", import.meta.url);
  const {
    default: { forbidden, options },
  } = (await import(configuration.href)) as {
    default: { forbidden: IForbiddenRuleType[]; options: ICruiseOptions };
  };
  const { output } = await cruise(sources, {
    ...options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden },
  });
  if (typeof output === "string") throw new Error("Expected dependency-cruiser to give an object");
  return output;
}

function findEnvironmentReaders(root: string, sources: string[]): string[] {
  return sources.filter(
    (source) =>
      /^(functions|shared)\//.test(source) &&
      !source.startsWith("shared/settings/") &&
      readFileSync(join(root, source), "utf8").split("\n").some(readsEnvironment),
  );
}

/** Setting a variable is allowed: some native libraries can be configured in no other way. */
function readsEnvironment(line: string): boolean {
  const isComment = /^\s*(\/?\*|\/\/)/.test(line);
  const isAssignment = /\bprocess\.env(\.\w+|\[[^\]]+\])\s*(\?\?)?=(?!=)/.test(line);
  return /\bprocess\.env\b/.test(line) && !isComment && !isAssignment;
}

/** Fewer modules mean that the tool no longer reads the sources, as with a TypeScript that it does not know. */
const fewestModules = 100;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const { moduleCount, violations } = await checkBoundaries(resolve(import.meta.dirname, "../.."));
  for (const violation of violations) console.error(violation);
  console.log(`Boundaries: ${moduleCount} modules, ${violations.length} violations`);
  process.exitCode = violations.length > 0 || moduleCount < fewestModules ? 1 : 0;
}
