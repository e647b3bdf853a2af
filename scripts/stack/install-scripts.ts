import { existsSync } from "node:fs";
import path from "node:path";
import { projectRoot } from "./paths.ts";
import { ensurePythonEnvironment } from "./python-environment.ts";
import { runCommand } from "./run-command.ts";
import { StackError } from "./stack-error.ts";

/** Headers of the very Node that runs here; they come with it from the npm registry. */
const nodeHeaders = path.join(projectRoot, `node_modules/node/node_modules/node-linux-${process.arch}`);
const installNodeTimeoutMs = 5 * 60_000;

/** Runs the install scripts of one package, which the project's .npmrc keeps from running unasked. */
export function runInstallScripts(
  name: string,
  timeoutMs: number,
  environment: Record<string, string> = {},
): Promise<string> {
  return runCommand("npm", ["rebuild", name, "--ignore-scripts=false"], {
    directory: projectRoot,
    environment: { ...process.env, ...environment },
    timeoutMs,
  });
}

/** Settings with which node-gyp compiles without a download: Node's headers and a Python of this project. */
export async function prepareNativeBuild(): Promise<Record<string, string>> {
  const { python } = await ensurePythonEnvironment();
  // A later `npm install` takes them for something that does not belong there.
  if (!existsSync(nodeHeaders)) await runInstallScripts("node", installNodeTimeoutMs);
  return { npm_config_nodedir: nodeHeaders, npm_config_python: python };
}

/** @throws StackError that names the first program that is missing and the Debian packages that hold them all */
export async function assertPrograms(programs: string[], debianPackages: string): Promise<void> {
  for (const program of programs) {
    try {
      await runCommand(program, ["--version"], { timeoutMs: 10_000 });
    } catch {
      throw new StackError(
        `${program} is not installed (on Debian and Ubuntu: sudo apt-get install ${debianPackages})`,
      );
    }
  }
}
