import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { withLock } from "../../shared/resilience/lock.mjs";
import { localFolder, projectRoot } from "../stack/paths.ts";
import { assertPrograms, prepareNativeBuild, runInstallScripts } from "../tensorflow/install-scripts.ts";

const packageFolder = path.join(projectRoot, "node_modules/aws-lambda-ric");
const client = path.join(packageFolder, "rapid-client.node");
const buildTimeoutMs = 10 * 60_000;

/**
 * Builds the native part of Lambda's own runtime client, under which the packaged functions are tested. The build is kept in
 * .local, because `npm ci` removes it from the package.
 *
 * @throws StackError when a program for the build is missing, or the build fails
 */
export function ensureLambdaRuntime(onProgress: (message: string) => void): Promise<void> {
  return withLock(packageFolder, async () => {
    if (existsSync(client)) return;
    const kept = path.join(localFolder, "lambda-runtime", `${describeBuild()}.node`);
    mkdirSync(path.dirname(kept), { recursive: true });
    if (!existsSync(kept)) {
      await assertPrograms(["make", "g++", "cmake", "xz"], "make g++ cmake xz-utils");
      const buildSettings = await prepareNativeBuild();
      onProgress("building aws-lambda-ric (about a minute)");
      await runInstallScripts("aws-lambda-ric", buildTimeoutMs, buildSettings);
      copyFileSync(client, `${kept}.unfinished`);
      renameSync(`${kept}.unfinished`, kept);
    }
    copyFileSync(kept, client);
  });
}

function describeBuild(): string {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8"));
  return `aws-lambda-ric-${version}-node-${process.version}-${process.arch}`;
}
