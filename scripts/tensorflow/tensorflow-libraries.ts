import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { ensureInstaller } from "../python/ensure-environment.ts";
import { localFolder, projectRoot } from "../stack/paths.ts";
import { runProgram } from "../stack/processes/run-program.ts";
import { StackError } from "../stack/stack-error.ts";

/** The two libraries and their headers from the wheel. They are kept here because `npm ci` removes those of tfjs-node. */
const folder = path.join(localFolder, "tensorflow");
const requirements = path.join(projectRoot, "scripts/python/requirements-tensorflow.txt");
const extractor = path.join(projectRoot, "scripts/python/extract-files.py");
const wheelMegabytes = 232;
const downloadTimeoutMs = 15 * 60_000;
const extractTimeoutMs = 5 * 60_000;

const wanted = [
  "tensorflow/libtensorflow_cc.so.2",
  "tensorflow/libtensorflow_framework.so.2",
  "tensorflow/include/tensorflow/c/",
  "tensorflow/include/tensorflow/core/platform/",
  "tensorflow/include/tensorflow/tsl/",
];

/** The names that tfjs-node's build looks for, with the library of the wheel that has the same content. */
const libraryLinks = {
  "libtensorflow.so": "libtensorflow_cc.so.2",
  "libtensorflow.so.2": "libtensorflow_cc.so.2",
  "libtensorflow_framework.so": "libtensorflow_framework.so.2",
};

/**
 * Puts TensorFlow's C library, from the project's Python package, where the build of tfjs-node expects its own download:
 * `deps/lib`, `deps/include`.
 */
export async function placeTensorflowLibraries(
  tfjsNodeFolder: string,
  onProgress: (message: string) => void,
): Promise<void> {
  if (process.arch !== "x64") throw new StackError(`PyPI has no such library for ${process.arch}.`);
  if (!existsSync(folder)) await downloadLibraries(onProgress);
  const dependencies = path.join(tfjsNodeFolder, "deps");
  const libraries = path.join(dependencies, "lib");
  rmSync(dependencies, { recursive: true, force: true });
  mkdirSync(libraries, { recursive: true });
  for (const name of readdirSync(folder).filter((file) => file.includes(".so"))) {
    linkOrCopy(path.join(folder, name), path.join(libraries, name));
  }
  for (const [name, library] of Object.entries(libraryLinks))
    symlinkSync(library, path.join(libraries, name));
  cpSync(path.join(folder, "include"), path.join(dependencies, "include"), { recursive: true });
}

async function downloadLibraries(onProgress: (message: string) => void): Promise<void> {
  const python = await ensureInstaller(onProgress);
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  onProgress(`downloading TensorFlow's libraries from PyPI (${wheelMegabytes} MB)`);
  await runProgram(
    python,
    [
      ...["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"],
      ...["--only-binary=:all:", "--implementation=cp", "--python-version=3.11"],
      ...["--platform=manylinux_2_17_x86_64", "--dest", unfinished, "-r", requirements],
    ],
    { timeoutMs: downloadTimeoutMs },
  );
  const wheel = readdirSync(unfinished).find((name) => name.endsWith(".whl")) ?? "";
  onProgress("unpacking TensorFlow's libraries");
  await runProgram(python, [extractor, path.join(unfinished, wheel), unfinished, ...wanted], {
    timeoutMs: extractTimeoutMs,
  });
  renameSync(path.join(unfinished, "tensorflow"), folder);
  rmSync(unfinished, { recursive: true });
}

/** Links if possible: the libraries are 578 MB, which need not be on the same disk twice. */
function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}
