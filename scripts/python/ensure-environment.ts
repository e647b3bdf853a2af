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
  /** The environment is the folder of this name in `.local`. */
  name: string;
  /** File in `scripts/python` or a path: every package with its version and hash. */
  requirements: string;
  /** What is in it, for the progress line: "MLflow and PostgreSQL". */
  contents: string;
  onProgress?: ((message: string) => void) | undefined;
}

const installerRequirements = path.join(projectRoot, "scripts/python/requirements-uv.txt");
const installTimeoutMs = 15 * 60_000;
/** Of MLflow's environment, with what uv downloads for it. */
const neededBytes = 1.5e9;

/**
 * Installs Python packages into a virtual environment of their own, unless they are there already.
 *
 * @returns path of the environment's folder
 * @throws StackError when no Python will do, or a download fails; a second try goes on from uv's cache
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
        "The Python packages could not be installed. If PyPI could not be reached, check the connection or proxy " +
        "(PIP_INDEX_URL names a mirror), then run the same command again.",
    );
  }
}

/** uv, which pip installs, installs the rest: several times faster, and from a cache that all environments share. */
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

/** Written last: without it, or with another digest in it, the folder is made again. */
const completeFile = (folder: string) => path.join(folder, ".complete");

function computeDigest(files: string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
}

function isComplete(folder: string, digest: string): boolean {
  const file = completeFile(folder);
  // existsSync follows links: a system Python that was removed since leaves a link to nothing.
  const hasPython = existsSync(path.join(folder, "bin/python"));
  return hasPython && existsSync(file) && readFileSync(file, "utf8") === digest;
}
