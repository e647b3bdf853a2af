import { floors } from "./floors.ts";

const folder = process.env.MUTATION_FOLDER ?? "";
const within = Object.keys(floors).filter((other) => other.startsWith(`${folder}/`));

/** Mutates one folder of shared/, which `npm run test:mutation` names, without its subfolders that have floors of their own. */
export default {
  mutate: [`shared/${folder}/**/*.ts`, ...within.map((other) => `!shared/${other}/**`)],
  thresholds: { high: 90, low: 80, break: floors[folder] },
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "scripts/test/mutation/vitest.config.ts" },
  coverageAnalysis: "perTest",
  // A changed sentence is not a bug, and a module's constants are computed only once for all changes.
  mutator: { excludedMutations: ["StringLiteral", "ObjectLiteral"] },
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 10_000,
  disableTypeChecks: false,
  // The leading slashes matter: without them a pattern also matches folders inside shared/.
  ignorePatterns: ["/.local", "/.esbuild", "/.serverless", "/layers", "shared/*/dist"],
  tempDirName: ".local/mutation",
  reporters: [process.stdout.isTTY ? "progress" : "progress-append-only", "clear-text", "json"],
  jsonReporter: { fileName: `.local/mutation-reports/${folder.replace("/", "-")}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
};
