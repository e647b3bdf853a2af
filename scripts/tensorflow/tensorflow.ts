import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "../../shared/resilience/lock.mjs";
import { localFolder, projectRoot } from "../stack/paths.ts";
import { runProgram } from "../stack/processes/run-program.ts";
import { assertPrograms, prepareNativeBuild, runInstallScripts } from "./install-scripts.ts";
import { placeTensorflowLibraries } from "./tensorflow-libraries.ts";

export interface TensorflowState {
  installed: boolean;
  /** One line for people: how it was installed, or why it was not, and how to try again. */
  explanation: string;
}

type OnProgress = (message: string) => void;

const packageFolder = path.join(projectRoot, "node_modules/@tensorflow/tfjs-node");
/** Inside the package, so that an `npm ci` that removes the build removes this file too. */
const completeFile = path.join(packageFolder, ".installed");
const failureFile = path.join(localFolder, "tensorflow-failure.txt");
const bindingBuilder = path.join(projectRoot, "node_modules/@mapbox/node-pre-gyp/bin/node-pre-gyp");
const standardTimeoutMs = 5 * 60_000;
const buildTimeoutMs = 5 * 60_000;
const loadTimeoutMs = 60_000;

/**
 * Installs TensorFlow for tfjs-node, unless it is installed already: with the package's own install script, which downloads the
 * library from a storage bucket, or, if that cannot be reached, from PyPI. A failed installation does not throw, because ONNX
 * Runtime serves without TensorFlow. It is remembered and not tried again with the same versions.
 *
 * @param options.retry whether to try again after a remembered failure
 */
export function ensureTensorflow(
  onProgress: OnProgress,
  options: { retry: boolean },
): Promise<TensorflowState> {
  return withLock(
    packageFolder,
    async () => {
      if (existsSync(completeFile))
        return { installed: true, explanation: readFileSync(completeFile, "utf8") };
      const attempt = describeAttempt();
      const failure = existsSync(failureFile) ? readFileSync(failureFile, "utf8") : "";
      if (failure.startsWith(attempt) && !options.retry)
        return describeFailure(failure.slice(attempt.length));
      return install(attempt, onProgress);
    },
    () => onProgress("waiting for another process that installs TensorFlow"),
  );
}

async function install(attempt: string, onProgress: OnProgress): Promise<TensorflowState> {
  const reasons: string[] = [];
  for (const [explanation, tryToInstall] of ways) {
    try {
      await tryToInstall(onProgress);
      await assertLoads();
      writeFileSync(completeFile, explanation);
      rmSync(failureFile, { force: true });
      return { installed: true, explanation };
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
      onProgress(`not ${explanation}: ${findReason(reasons.at(-1) ?? "")}`);
    }
  }
  mkdirSync(localFolder, { recursive: true });
  writeFileSync(failureFile, `${attempt}${reasons.join("\n\n")}`);
  return describeFailure(reasons.at(-1) ?? "");
}

const ways: [string, (onProgress: OnProgress) => Promise<void>][] = [
  ["installed by its own script", installByOwnScript],
  ["built with the libraries from PyPI", installFromPypi],
];

async function installByOwnScript(onProgress: OnProgress): Promise<void> {
  onProgress("running the install script of @tensorflow/tfjs-node");
  rmSync(path.join(packageFolder, "deps"), { recursive: true, force: true });
  await runInstallScripts("@tensorflow/tfjs-node", standardTimeoutMs);
}

async function installFromPypi(onProgress: OnProgress): Promise<void> {
  await assertPrograms(["make", "g++"], "make g++");
  const buildSettings = await prepareNativeBuild();
  await placeTensorflowLibraries(packageFolder, onProgress);
  onProgress("building the binding of @tensorflow/tfjs-node");
  await runProgram(process.execPath, [bindingBuilder, "install", "--build-from-source"], {
    directory: packageFolder,
    environment: { ...process.env, ...buildSettings },
    timeoutMs: buildTimeoutMs,
  });
}

/** Loads it in a process of its own, because an incompatible library ends the process that loads it. */
function assertLoads(): Promise<string> {
  return runProgram(process.execPath, ["-e", 'require("@tensorflow/tfjs-node").scalar(1).dataSync()'], {
    directory: projectRoot,
    timeoutMs: loadTimeoutMs,
  });
}

/** The versions for which a failure is remembered; with others the next try may succeed. */
function describeAttempt(): string {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8"));
  return `tfjs-node ${version}, Node ${process.version}\n`;
}

function describeFailure(reasons: string): TensorflowState {
  return {
    installed: false,
    explanation:
      `not installed (${findReason(reasons)}), so only ONNX Runtime serves. ` +
      `All reasons: ${path.relative(projectRoot, failureFile)}. Try again with RETRY_TENSORFLOW=true`,
  };
}

/** Finds the line of a long output that says most about the failure. */
function findReason(output: string): string {
  const lines = output.split("\n");
  const telling = lines.find((line) => /\bError: |\berror: /.test(line)) ?? lines[0] ?? "";
  return telling
    .replace(/^npm error /, "")
    .trim()
    .slice(0, 120);
}
