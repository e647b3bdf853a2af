import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "../lock.mjs";
import { localFolder } from "../stack/paths.ts";
import { ensurePythonEnvironment } from "../stack/python-environment.ts";
import { runCommand } from "../stack/run-command.ts";

const options = { timeoutMs: 5 * 60_000 };

/**
 * Installs tools written in Python into a virtual environment of their own, `.local/<name>`, unless they are there.
 *
 * @param requirements Path of a list with the hash of every package
 * @returns path of the folder with the tools' programs
 * @throws StackError when a download fails; a second try goes on from uv's cache
 */
export function ensureEnvironment(name: string, requirements: string): Promise<string> {
  const folder = path.join(localFolder, name);
  /** Written last: without it, or with another digest in it, the folder is made anew. */
  const completeFile = path.join(folder, ".complete");
  return withLock(folder, async () => {
    const digest = createHash("sha256").update(readFileSync(requirements)).digest("hex");
    if (!existsSync(completeFile) || readFileSync(completeFile, "utf8") !== digest) {
      await install(folder, requirements);
      writeFileSync(completeFile, digest);
    }
    return path.join(folder, "bin");
  });
}

async function install(folder: string, requirements: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { python } = await ensurePythonEnvironment();
  const uv = ["-m", "uv", "--quiet", "--system-certs"];
  await runCommand(python, [...uv, "venv", "--python", python, folder], options);
  const into = ["--python", path.join(folder, "bin/python")];
  const locked = ["--require-hashes", "--no-deps", "--no-build", "-r", requirements];
  await runCommand(python, [...uv, "pip", "install", ...into, ...locked], options);
}
