import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { inTemporaryFolder } from "../../shared/resilience/temporary-folder.ts";
import { runProgram } from "../stack/processes/run-program.ts";
import { copyPackage } from "./copy-package.ts";
import {
  type Architecture,
  type Cpu,
  cpuOf,
  nativePackages,
  onnxRuntimeLibraries,
  portablePackages,
} from "./layer-packages.ts";
import { listPackages, renderLicences } from "./render-licences.ts";

/**
 * Fills a folder with the model layer, which Lambda mounts at /opt: `nodejs/node_modules` with sharp and ONNX Runtime for one
 * processor, and `models/eye-disease`, the packaged model.
 *
 * @throws Error when a package of package-lock.json cannot be obtained for the processor
 */
export async function buildLayer(layerDirectory: string, architecture: Architecture): Promise<void> {
  const cpu = cpuOf[architecture];
  const modules = join(layerDirectory, "nodejs", "node_modules");
  rmSync(join(layerDirectory, "nodejs"), { recursive: true, force: true });
  rmSync(join(layerDirectory, "models"), { recursive: true, force: true });

  for (const [name, isNeeded] of Object.entries(portablePackages)) {
    const needed =
      name === "onnxruntime-node"
        ? (path: string) => isNeeded(path) || onnxRuntimeLibraries(cpu).test(path)
        : isNeeded;
    copyPackage(resolve("node_modules", name), join(modules, name), needed);
  }
  await copyNativePackages(cpu, modules);
  writeFileSync(join(layerDirectory, "nodejs", "LICENCES.txt"), renderLicences(listPackages(modules)));
  cpSync(resolve("models", "eye-disease"), join(layerDirectory, "models", "eye-disease"), {
    recursive: true,
    filter: (path) => !/eye-disease\/(sample|training)\b/.test(path),
  });
}

/** Copies the native packages for a processor: from node_modules if they are there, else fetched at the locked version. */
async function copyNativePackages(cpu: Cpu, target: string): Promise<void> {
  const names = nativePackages(cpu);
  const copyFrom = (modules: string) => {
    for (const name of names) copyPackage(join(modules, name), join(target, name), () => true);
  };
  const installed = resolve("node_modules");
  if (names.every((name) => existsSync(join(installed, name)))) return copyFrom(installed);
  await inTemporaryFolder("layer", async (directory) => {
    await installLocked(names, cpu, directory);
    copyFrom(join(directory, "node_modules"));
  });
}

/** Installs packages into a folder at the versions of package-lock.json. */
async function installLocked(names: readonly string[], cpu: Cpu, directory: string): Promise<void> {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { version: string; integrity: string }>;
  };
  const locked = names.map((name) => {
    const entry = lock.packages[`node_modules/${name}`];
    if (entry === undefined) throw new Error(`Expected ${name} in package-lock.json`);
    return { name, ...entry };
  });
  const dependencies = Object.fromEntries(locked.map(({ name, version }) => [name, version]));
  writeFileSync(join(directory, "package.json"), JSON.stringify({ private: true, dependencies }));
  // A lock of its own, so that npm checks the same hashes as for this project.
  writeFileSync(
    join(directory, "package-lock.json"),
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        "": { dependencies },
        ...Object.fromEntries(
          locked.map((p) => [`node_modules/${p.name}`, { version: p.version, integrity: p.integrity }]),
        ),
      },
    }),
  );
  await runProgram(
    "npm",
    ["ci", "--ignore-scripts", "--force", "--silent", "--os=linux", `--cpu=${cpu}`, "--libc=glibc"],
    { directory, timeoutMs: 300_000 },
  );
}
