import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { inTemporaryFolder } from "../../shared/resilience/temporary-folder.ts";
import { ensureEnvironment } from "../python/ensure-environment.ts";
import { projectRoot } from "../stack/paths.ts";
import { runProgram } from "../stack/processes/run-program.ts";

const folder = path.join(projectRoot, "shared/image/kernels");
const requirements = path.join(projectRoot, "scripts/python/requirements-zig.txt");
export const builtFile = path.join(folder, "built-kernels.ts");

/** A generic processor and no contracted multiplications, so that bytes and answers are the same everywhere. */
const compilerOptions = [
  ...["-target", "wasm32-freestanding", "-mcpu=generic+simd128"],
  ...["-O3", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror"],
  ...["-nostdlib", "-Wl,--no-entry", "-Wl,--strip-all"],
];

/** Computes a digest of what the built kernels depend on: the C sources, the compiler and its options. */
export async function computeKernelsDigest(): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(compilerOptions));
  hash.update(await readFile(requirements));
  for (const name of await listSources())
    hash.update(`${name}\n`).update(await readFile(path.join(folder, name)));
  return hash.digest("hex");
}

/** Compiles the C sources to WebAssembly with the pinned compiler from PyPI, and renders the module that contains it. */
export async function buildKernels(say?: (message: string) => void): Promise<string> {
  const environment = await ensureEnvironment({
    name: "zig",
    requirements,
    contents: "Zig, a compiler of C",
    onProgress: say,
  });
  return inTemporaryFolder("kernels", async (output) => {
    const file = path.join(output, "kernels.wasm");
    const sources = (await listSources()).filter((name) => name.endsWith(".c"));
    const command = ["-m", "ziglang", "cc", ...compilerOptions, "-o", file, ...sources];
    await runProgram(path.join(environment, "bin/python"), command, {
      timeoutMs: 120_000,
      directory: folder,
    });
    return renderModule(await computeKernelsDigest(), await readFile(file));
  });
}

async function listSources(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => /\.[ch]$/.test(name)).sort();
}

function renderModule(digest: string, wasm: Buffer): string {
  return `// Made by \`npm run generate:kernels\` of the C sources beside it. Do not edit.

/** SHA-256 of the sources, the compiler's version and its options. */
export const builtFrom = "${digest}";

/** WebAssembly of ${wasm.length} bytes. */
export const kernelsInBase64 =
  "${wasm.toString("base64")}";
`;
}
