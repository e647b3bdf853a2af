import { cpSync, existsSync, globSync, lstatSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runProgram } from "../stack/processes/run-program.ts";
import { copyPackage } from "./copy-package.ts";
import { listPackages, renderLicences } from "./render-licences.ts";

const timeoutMs = 300_000;
const tensorflowPackage = "@tensorflow/tfjs-node";
/** Of tfjs-node itself only its code, the binding and libtensorflow are needed, not what the binding was built from. */
const isNeededOfTensorflow = (path: string) => /^(dist|lib|deps\/lib)\//.test(path);

interface Lock {
  packages: Record<string, { dependencies?: Record<string, string>; optional?: boolean }>;
}

/**
 * Fills the folder from which the container image is built: `opt/` is the model layer with TensorFlow added, `task/` is the
 * bundle of the predict function.
 *
 * @throws Error when TensorFlow for tfjs-node is not installed; StackError when a program fails
 */
export async function buildImage(
  imageDirectory: string,
  layerDirectory: string,
  predictArchive: string,
): Promise<void> {
  if (!existsSync(resolve("node_modules", tensorflowPackage, "deps/lib"))) {
    throw new Error("Expected TensorFlow for tfjs-node to be installed: run npm start once, it installs it");
  }
  rmSync(imageDirectory, { recursive: true, force: true });
  const modules = join(imageDirectory, "opt/nodejs/node_modules");
  cpSync(layerDirectory, join(imageDirectory, "opt"), { recursive: true });
  for (const path of findDependencies(tensorflowPackage)) {
    const isNeeded = path.endsWith(tensorflowPackage) ? isNeededOfTensorflow : () => true;
    copyPackage(resolve(path), join(modules, path.slice("node_modules/".length)), isNeeded);
  }
  await stripSymbols(join(modules, tensorflowPackage, "deps/lib"));
  writeFileSync(join(imageDirectory, "opt/nodejs/LICENCES.txt"), renderLicences(listPackages(modules)));
  await runProgram("unzip", ["-q", predictArchive, "-d", join(imageDirectory, "task")], { timeoutMs });
}

/** Finds the folders of a package and of all its dependencies in package-lock.json, as Node would resolve them. */
function findDependencies(name: string): string[] {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;
  const found = new Set<string>();
  const visit = (dependency: string, from: string): void => {
    const path = candidates(dependency, from).find((candidate) => candidate in packages);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    for (const next of Object.keys(packages[path]?.dependencies ?? {})) visit(next, path);
  };
  visit(name, "");
  return [...found].sort();
}

/** The folders where Node looks for a dependency of the package at `from`, nearest first. */
function candidates(dependency: string, from: string): string[] {
  const folders = from
    .split("/node_modules/")
    .map((_, i, parts) => parts.slice(0, parts.length - i).join("/node_modules/"));
  return [
    ...folders.filter((folder) => folder !== "").map((folder) => `${folder}/node_modules/${dependency}`),
    `node_modules/${dependency}`,
  ];
}

/** Removes symbols that only a debugger reads: a quarter of libtensorflow. */
async function stripSymbols(directory: string): Promise<void> {
  for (const library of globSync("*.so.*", { cwd: directory })) {
    const path = join(directory, library);
    if (!lstatSync(path).isSymbolicLink())
      await runProgram("strip", ["--strip-unneeded", path], { timeoutMs });
  }
}
