import { existsSync } from "node:fs";
import path from "node:path";
import { projectRoot } from "../stack/paths.ts";
import { runProgram } from "../stack/processes/run-program.ts";
import { ensurePythonEnvironment } from "../stack/python-environment.ts";
import { StackError } from "../stack/stack-error.ts";

/** Headers of the Node that runs here; they come with it from the npm registry. */
const nodeHeaders = path.join(projectRoot, `node_modules/node/node_modules/node-linux-${process.arch}`);
const installNodeTimeoutMs = 5 * 60_000;

/** Runs the install scripts of one package; the project's .npmrc prevents npm from running them by itself. */
export function runInstallScripts(
  name: string,
  timeoutMs: number,
  environment: Record<string, string> = {},
): Promise<string> {
  return runProgram("npm", ["rebuild", name, "--ignore-scripts=false"], {
    directory: projectRoot,
    environment: { ...process.env, ...environment },
    timeoutMs,
  });
}

/** Returns the settings that let node-gyp compile without a download: Node's headers and the project's Python. */
export async function prepareNativeBuild(): Promise<Record<string, string>> {
  const { python } = await ensurePythonEnvironment();
  // A later `npm install` may have removed them as extraneous.
  if (!existsSync(nodeHeaders)) await runInstallScripts("node", installNodeTimeoutMs);
  return { npm_config_nodedir: nodeHeaders, npm_config_python: python };
}

/** @throws StackError naming the first missing program, and the Debian packages that contain all of them */
export async function assertPrograms(programs: string[], debianPackages: string): Promise<void> {
  for (const program of programs) {
    try {
      await runProgram(program, ["--version"], { timeoutMs: 10_000 });
    } catch {
      throw new StackError(
        `${program} is not installed (on Debian and Ubuntu: sudo apt-get install ${debianPackages})`,
      );
    }
  }
}
