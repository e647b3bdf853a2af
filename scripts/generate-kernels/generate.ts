// npm run generate:kernels: makes shared/image/kernels/built-kernels.ts from the C sources beside it.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { CommandRun } from "../cli/run-command.ts";
import { projectRoot } from "../stack/paths.ts";
import { buildKernels, builtFile } from "./build-kernels.ts";

export const run: CommandRun<"generate:kernels"> = async () => {
  await writeFile(builtFile, await buildKernels(console.log));
  console.log(`written: ${path.relative(projectRoot, builtFile)}`);
};
