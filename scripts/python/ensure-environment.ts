import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "../lock.mjs";
import { assertDiskSpace } from "../stack/disk-space.ts";
import { localFolder, projectRoot } from "../stack/paths.ts";
import { runCommand } from "../stack/run-command.ts";
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
  const folder = path.join(localFolder, name);
  const requirements = path.resolve(projectRoot, "scripts/python", description.requirements);
  return withLock(
    folder,
    async () => {
      const digest = computeDigest([installerRequirements, requirements]);
      if (!isComplete(folder, digest)) {
        assertDiskSpace(folder, neededBytes);
        await install(folder, requirements, { contents, onProgress });
        writeFileSync(completeFile(folder), digest);
      }
      return folder;
    },
    () => onProgress(`waiting for another process that installs ${contents}`),
  );
}

async function install(
  folder: string,
  requirements: string,
  { contents, onProgress }: { contents: string; onProgress: (message: string) => void },
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { program, version } = await findPython();
  onProgress(`making a virtual environment with Python ${version}`);
  await runCommand(program, ["-m", "venv", folder], { timeoutMs: installTimeoutMs });
  try {
    await installPackages(path.join(folder, "bin/python"), requirements, () =>
      onProgress(`installing ${contents} from PyPI`),
    );
  } catch (error) {
    throw new StackError(
      `${error instanceof Error ? error.message : error}\n` +
        "The Python packages could not be installed. If PyPI could not be reached, check the connection or the proxy " +
        "(PIP_INDEX_URL names a mirror), then run the same command again.",
    );
  }
}

/** pip installs only uv. uv installs the rest several times faster, from a cache that all environments share. */
async function installPackages(python: string, requirements: string, onReady: () => void): Promise<void> {
  const { PIP_INDEX_URL, UV_DEFAULT_INDEX = PIP_INDEX_URL } = process.env;
  const options = { timeoutMs: installTimeoutMs, environment: { ...process.env, UV_DEFAULT_INDEX } };
  const fromPip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"];
  await runCommand(python, [...fromPip, "-r", installerRequirements], options);
  onReady();
  const uv = ["-m", "uv", "pip", "install", "--quiet", "--system-certs", "--python", python];
  const locked = ["--require-hashes", "--no-deps", "--no-build", "--compile-bytecode", "-r", requirements];
  await runCommand(python, [...uv, ...locked], options);
}

/** The file that is written last. If it is missing or contains another digest, the environment is made again. */
const completeFile = (folder: string) => path.join(folder, ".complete");

function computeDigest(files: string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
}

function isComplete(folder: string, digest: string): boolean {
  const file = completeFile(folder);
  // existsSync follows links, so it also notices that the system's Python has been removed.
  const hasPython = existsSync(path.join(folder, "bin/python"));
  return hasPython && existsSync(file) && readFileSync(file, "utf8") === digest;
}
