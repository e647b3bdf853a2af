import { defineConfig } from "vitest/config";

/** The unit tests of the mutated folders and of the code that uses them. */
export default defineConfig({
  test: {
    include: [
      "test/unit/{tracking,inference-log,registry,serving,model-versions,image,http,runtime,resilience}/**/*.test.ts",
      "test/unit/functions/{health,predict,metrics,drift}/**/*.test.ts",
    ],
    testTimeout: 20_000,
  },
});
