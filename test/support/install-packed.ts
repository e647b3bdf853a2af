import { globSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectRoot } from "../../scripts/stack/paths.ts";
import { runProgram } from "../../scripts/stack/run-program.ts";

const timeoutMs = 120_000;

/**
 * Builds and packs a workspace as npm publishes it, and installs it into a new project.
 *
 * @param others packages to install beside it, with their versions
 * @returns the project's folder, for the caller to remove
 */
export async function installPacked(workspace: string, others: readonly string[] = []): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "packed-"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const source = path.join(projectRoot, workspace);
  await runProgram("npm", ["run", "--silent", "pack", "--", "--pack-destination", folder], {
    directory: source,
    timeoutMs,
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
