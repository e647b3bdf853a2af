import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
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
export function buildLayer(layerDirectory: string, architecture: Architecture): void {
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
  const source = nativeModules(cpu);
  for (const name of nativePackages(cpu)) {
    copyPackage(join(source.directory, name), join(modules, name), () => true);
  }
  source.remove();
  writeFileSync(join(layerDirectory, "nodejs", "LICENCES.txt"), renderLicences(listPackages(modules)));
  cpSync(resolve("models", "eye-disease"), join(layerDirectory, "models", "eye-disease"), {
    recursive: true,
    filter: (path) => !/eye-disease\/(sample|training)\b/.test(path),
  });
}

/** Finds the native packages for a processor: in node_modules if they are there, else fetched at the locked version. */
function nativeModules(cpu: Cpu): { directory: string; remove: () => void } {
  const installed = resolve("node_modules");
  if (nativePackages(cpu).every((name) => existsSync(join(installed, name)))) {
    return { directory: installed, remove: () => {} };
  }
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { version: string; integrity: string }>;
  };
  const directory = mkdtempSync(join(tmpdir(), "layer-"));
  const locked = nativePackages(cpu).map((name) => {
    const entry = lock.packages[`node_modules/${name}`];
    if (entry === undefined) throw new Error(`Expected ${name} in package-lock.json`);
    return { name, ...entry };
  });
  // A lock of its own, so that npm checks the same hashes as for this project.
  writeFileSync(
    join(directory, "package.json"),
    JSON.stringify({
      private: true,
      dependencies: Object.fromEntries(locked.map((p) => [p.name, p.version])),
    }),
  );
  writeFileSync(
    join(directory, "package-lock.json"),
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        "": { dependencies: Object.fromEntries(locked.map((p) => [p.name, p.version])) },
        ...Object.fromEntries(
          locked.map((p) => [`node_modules/${p.name}`, { version: p.version, integrity: p.integrity }]),
        ),
      },
    }),
  );
  execFileSync(
    "npm",
    ["ci", "--ignore-scripts", "--force", "--silent", "--os=linux", `--cpu=${cpu}`, "--libc=glibc"],
    {
      cwd: directory,
      stdio: ["ignore", "ignore", "inherit"],
      timeout: 300_000,
    },
  );
  return {
    directory: join(directory, "node_modules"),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
