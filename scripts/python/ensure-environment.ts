import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "../../shared/resilience/lock.mjs";
import { assertDiskSpace } from "../stack/disk-space.ts";
import { hashFiles } from "../stack/hash-files.ts";
import { localFolder, projectRoot } from "../stack/paths.ts";
import { runProgram } from "../stack/processes/run-program.ts";
import { StackError } from "../stack/stack-error.ts";
import { findPython } from "./find-python.ts";

export interface EnvironmentDescription {
  /** Name of the environment's folder in `.local`. */
  name: string;
  /** File in `scripts/python`, or a path, with the version and hash of every package. */
  requirements: string;
  /** What the environment contains, for the progress line: "MLflow and PostgreSQL". */
  contents: string;
  onProgress?: ((message: string) => void) | undefined;
}

const installerRequirements = path.join(projectRoot, "scripts/python/requirements-uv.txt");
const installTimeoutMs = 15 * 60_000;
/** Room for MLflow's environment and what uv downloads for it. */
const neededBytes = 1.5e9;

/**
 * Installs Python packages into a virtual environment of their own, unless exactly these are installed already.
 *
 * @returns path of the environment's folder
 * @throws StackError when no suitable Python is found, or a download fails; another try continues from uv's cache
 */
export function ensureEnvironment(description: EnvironmentDescription): Promise<string> {
  const { name, contents, onProgress = () => {} } = description;
  const requirements = path.resolve(projectRoot, "scripts/python", description.requirements);
  const files = [installerRequirements, requirements];
  return ensureFolder({ name, contents, files, onProgress }, async (folder) => {
    assertDiskSpace(folder, neededBytes);
    const installer = await ensureInstaller(onProgress);
    onProgress(`installing ${contents} from PyPI`);
    await runUv(installer, ["venv", "--python", installer, folder]);
    const python = path.join(folder, "bin/python");
    await runUv(installer, ["pip", "install", "--python", python, ...locked, "-r", requirements]);
    writeFileSync(path.join(findSitePackages(folder), "keep-bytecode.pth"), keepBytecode);
  });
}

const locked = ["--system-certs", "--require-hashes", "--no-deps", "--no-build"];
/** Python runs it at its start: images of containers often forbid it to keep what it compiles, and MLflow then takes 7 s longer to start. */
const keepBytecode = "import sys; sys.dont_write_bytecode = False\n";

/**
 * Installs the environment from which the others are made: pip installs only uv, and uv the rest several times faster, from a
 * cache that all environments share.
 *
 * @returns path of its Python, which has pip and uv
 * @throws StackError as {@link ensureEnvironment}
 */
export async function ensureInstaller(onProgress: (message: string) => void = () => {}): Promise<string> {
  const files = [installerRequirements];
  const folder = await ensureFolder(
    { name: "installer", contents: "uv", files, onProgress },
    async (made) => {
      const { program, version } = await findPython();
      onProgress(`making a virtual environment with Python ${version}`);
      await runProgram(program, ["-m", "venv", made], { timeoutMs: installTimeoutMs });
      const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"];
      await runInstaller(path.join(made, "bin/python"), [...pip, "-r", installerRequirements]);
    },
  );
  return path.join(folder, "bin/python");
}

/** Runs one of uv's commands with the Python that {@link ensureInstaller} gave. */
export const runUv = (installer: string, words: string[]): Promise<void> =>
  runInstaller(installer, ["-m", "uv", "--quiet", ...words]);

async function runInstaller(program: string, parameters: string[]): Promise<void> {
  const { PIP_INDEX_URL, UV_DEFAULT_INDEX = PIP_INDEX_URL } = process.env;
  const environment = { ...process.env, UV_DEFAULT_INDEX };
  try {
    await runProgram(program, parameters, { timeoutMs: installTimeoutMs, environment });
  } catch (error) {
    throw new StackError(
      `${error instanceof Error ? error.message : error}\n` +
        "The Python packages could not be installed. If PyPI could not be reached, check the connection or the proxy " +
        "(PIP_INDEX_URL names a mirror), then run the same command again.",
    );
  }
}

interface FolderDescription {
  name: string;
  contents: string;
  /** What the environment is made from: when one of them changes, it is made again. */
  files: string[];
  onProgress: (message: string) => void;
}

function ensureFolder(
  { name, contents, files, onProgress }: FolderDescription,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(localFolder, name);
  return withLock(
    folder,
    async () => {
      const digest = hashFiles(files);
      if (!isComplete(folder, digest)) {
        rmSync(folder, { recursive: true, force: true });
        await make(folder);
        writeFileSync(completeFile(folder), digest);
      }
      return folder;
    },
    () => onProgress(`waiting for another process that installs ${contents}`),
  );
}

/** Folder of an environment's packages, whose path contains Python's version. */
export function findSitePackages(folder: string): string {
  const libraries = path.join(folder, "lib");
  const version = readdirSync(libraries).find((name) => name.startsWith("python3")) ?? "python3";
  return path.join(libraries, version, "site-packages");
}

/** The file that is written last. If it is missing or contains another digest, the environment is made again. */
const completeFile = (folder: string) => path.join(folder, ".complete");

function isComplete(folder: string, digest: string): boolean {
  const file = completeFile(folder);
  // existsSync follows links, so it also notices that the system's Python has been removed.
  const hasPython = existsSync(path.join(folder, "bin/python"));
  return hasPython && existsSync(file) && readFileSync(file, "utf8") === digest;
}
