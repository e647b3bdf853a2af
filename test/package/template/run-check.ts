import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureEnvironment } from "../../../scripts/python/ensure-environment.ts";

/** Folder with the programs cfn-lint, checkov and hadolint. */
export async function installChecks(): Promise<string> {
  const folder = await ensureEnvironment({
    name: "checks",
    requirements: "requirements-checks.txt",
    contents: "cfn-lint, checkov and hadolint",
  });
  return join(folder, "bin");
}

/** Runs one of the programs as a person would, and gives its exit code and everything it printed. */
export function runCheck(
  programs: string,
  name: string,
  parameters: string[],
): { code: number; output: string } {
  // Checkov leaves what it parsed in the folder for temporary files.
  const TMPDIR = mkdtempSync(join(tmpdir(), "check-"));
  const { status, error, stdout, stderr } = spawnSync(join(programs, name), parameters, {
    encoding: "utf8",
    timeout: 100_000,
    env: { ...process.env, NO_COLOR: "1", TMPDIR },
  });
  rmSync(TMPDIR, { recursive: true });
  if (error !== undefined) throw error;
  return { code: status ?? -1, output: `${stdout}${stderr}`.trim() };
}

const configuration = (name: string) => join(import.meta.dirname, name);

export const lintTemplates = (programs: string, templates: string[]) =>
  runCheck(programs, "cfn-lint", ["--config-file", configuration("cfn-lint.yaml"), "--", ...templates]);

export const scanFiles = (programs: string, files: string[]) =>
  runCheck(programs, "checkov", ["--config-file", configuration("checkov.yaml"), "--file", ...files]);

export const lintDockerfile = (programs: string, file: string) =>
  runCheck(programs, "hadolint", ["--no-color", file]);
