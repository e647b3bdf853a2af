import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { buildKernels, builtFile } from "../../scripts/generate-kernels/build-kernels.ts";

it("the committed image kernels are, byte for byte, what the pinned compiler makes of their sources", async () => {
  expect(await buildKernels()).toBe(await readFile(builtFile, "utf8"));
});
