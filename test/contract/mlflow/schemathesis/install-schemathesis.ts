import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "../../../../scripts/lock.mjs";
import { localFolder } from "../../../../scripts/stack/paths.ts";
import { ensurePythonEnvironment } from "../../../../scripts/stack/python-environment.ts";
import { runCommand } from "../../../../scripts/stack/run-command.ts";

const folder = path.join(localFolder, "schemathesis");
const requirements = path.join(import.meta.dirname, "requirements.txt");
/** Written last: without it, or with another digest in it, the folder is made anew. */
const completeFile = path.join(folder, ".complete");
const options = { timeoutMs: 5 * 60_000 };

/** Installs Schemathesis into a virtual environment of its own, unless it is there; returns its program. */
export function installSchemathesis(): Promise<string> {
  return withLock(folder, async () => {
    const digest = createHash("sha256").update(readFileSync(requirements)).digest("hex");
    if (!existsSync(completeFile) || readFileSync(completeFile, "utf8") !== digest) await install(digest);
    return path.join(folder, "bin/schemathesis");
  });
}

async function install(digest: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { python } = await ensurePythonEnvironment();
  const uv = ["-m", "uv", "--quiet", "--system-certs"];
  await runCommand(python, [...uv, "venv", "--python", python, folder], options);
  const into = ["--python", path.join(folder, "bin/python")];
  const locked = ["--require-hashes", "--no-deps", "--no-build", "-r", requirements];
  await runCommand(python, [...uv, "pip", "install", ...into, ...locked], options);
  writeFileSync(completeFile, digest);
}
