import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "../lock.mjs";
import { localFolder, projectRoot } from "../stack/paths.ts";
import { findPython } from "../stack/python.ts";
import { runCommand } from "../stack/run-command.ts";

type OnProgress = (message: string) => void;

const folder = path.join(localFolder, "keras");
const python = path.join(folder, "bin/python");
const requirements = path.join(projectRoot, "scripts/python/requirements-keras.txt");
const installerRequirements = path.join(projectRoot, "scripts/python/requirements-uv.txt");
/** Written last: without it, or with another digest in it, the folder is made anew. */
const completeFile = path.join(folder, ".complete");
const installTimeoutMs = 15 * 60_000;

/**
 * Installs a Python environment with TensorFlow, Keras 3, Keras 2 and MLflow unless it is there already: what tests
 * and benches compare with. Serving never needs it.
 *
 * @returns path of its Python
 * @throws StackError when no Python will do, or a download fails; a second try goes on from uv's cache
 */
export function ensureKerasEnvironment(onProgress: OnProgress = () => {}): Promise<string> {
  return withLock(
    folder,
    async () => {
      const digest = computeRequirementsDigest();
      if (!isComplete(digest)) await install(digest, onProgress);
      return python;
    },
    () => onProgress("waiting for another process that installs Keras"),
  );
}

async function install(digest: string, onProgress: OnProgress): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { program, version } = await findPython();
  onProgress(`making a virtual environment with Python ${version}`);
  const options = { timeoutMs: installTimeoutMs };
  await runCommand(program, ["-m", "venv", folder], options);
  const fromPip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"];
  await runCommand(python, [...fromPip, "-r", installerRequirements], options);
  onProgress("installing TensorFlow, Keras and MLflow from PyPI");
  const uv = ["-m", "uv", "pip", "install", "--quiet", "--system-certs", "--python", python];
  const fromUv = [...uv, "--require-hashes", "--no-deps"];
  await runCommand(python, [...fromUv, "-r", requirements], options);
  writeFileSync(completeFile, digest);
}

function computeRequirementsDigest(): string {
  const hash = createHash("sha256");
  for (const file of [installerRequirements, requirements]) hash.update(readFileSync(file));
  return hash.digest("hex");
}

function isComplete(digest: string): boolean {
  return existsSync(python) && existsSync(completeFile) && readFileSync(completeFile, "utf8") === digest;
}
