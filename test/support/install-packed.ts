import { cpSync, globSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectRoot } from "../../scripts/stack/paths.ts";
import { runProgram } from "../../scripts/stack/processes/run-program.ts";
import { inTemporaryFolder } from "../../shared/resilience/temporary-folder.ts";

const timeoutMs = 120_000;

/**
 * Builds and packs a workspace as npm publishes it, in a copy that has nothing of this project but its packages, and installs it
 * into a new project.
 *
 * @param others packages to install beside it, with their versions
 * @returns the project's folder, for the caller to remove
 */
export async function installPacked(workspace: string, others: readonly string[] = []): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "packed-"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await inTemporaryFolder("workspace", async (copy) => {
    const isSource = (file: string) => !["dist", "node_modules"].includes(path.basename(file));
    cpSync(path.join(projectRoot, workspace), copy, { recursive: true, filter: isSource });
    symlinkSync(path.join(projectRoot, "node_modules"), path.join(copy, "node_modules"));
    const pack = ["run", "--silent", "pack", "--", "--pack-destination", folder];
    await runProgram("npm", pack, { directory: copy, timeoutMs });
  });
  await runProgram(
    "npm",
    ["install", "--prefer-offline", "--ignore-scripts", ...globSync("*.tgz", { cwd: folder }), ...others],
    {
      directory: folder,
      timeoutMs,
    },
  );
  return folder;
}
