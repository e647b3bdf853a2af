import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { inlineAssetsInTests } from "./scripts/serverless/bundling/page-assets.ts";

const secondsMs = 1_000;

/** With a debugger a hook, like a test, may stand still for long; Vitest hands --testTimeout to the projects, but not --hookTimeout. */
const isDebugged = process.argv.includes("--testTimeout=0");
const limitHook = (seconds: number): number => (isDebugged ? 0 : seconds * secondsMs);

/** Tests that meet real servers: one file at a time, with time for a server to start. */
function againstTheStack(
  name: string,
  timeoutMs: number,
  moreSetup: string[] = [],
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      globalSetup: ["test/support/stack-setup.ts", ...moreSetup],
      pool: "forks",
      fileParallelism: false,
      testTimeout: timeoutMs,
      hookTimeout: limitHook(300),
    },
  };
}

export default defineConfig({
  // Python's environments and the servers' data: 70,000 folders and files, which took a minute to watch.
  server: { watch: { ignored: ["**/.local/**"] } },
  test: {
    projects: [
      {
        plugins: [inlineAssetsInTests],
        test: {
          name: "unit",
          css: true, // the pages' styles, as they are
          include: ["test/unit/**/*.test.ts", "shared/{mlflow,keras-compiler}/test/**/*.test.ts"],
          pool: "forks",
          isolate: false,
          maxWorkers: "100%",
          setupFiles: ["test/support/leave-process-as-found.ts"],
          testTimeout: 20 * secondsMs,
          hookTimeout: limitHook(10),
        },
      },
      againstTheStack("integration", 180 * secondsMs),
      againstTheStack("conformance", 120 * secondsMs),
      againstTheStack("e2e", 120 * secondsMs, ["test/support/service-setup.ts"]),
      {
        test: {
          name: "deployment",
          include: ["test/package/deployment*.test.ts"],
          pool: "forks",
          fileParallelism: false,
          testTimeout: 120 * secondsMs,
          hookTimeout: limitHook(600),
        },
      },
      {
        test: {
          name: "package",
          include: ["test/package/**/*.test.ts"],
          exclude: ["test/package/deployment*.test.ts"],
          globalSetup: ["test/support/stack-setup.ts", "test/support/lambda/package-setup.ts"],
          pool: "forks",
          maxWorkers: 2,
          testTimeout: 120 * secondsMs,
          hookTimeout: limitHook(600),
        },
      },
    ],
  },
});
