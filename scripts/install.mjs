// Installs what every command needs, also in a fresh clone: the npm packages and Node 22. Plain JavaScript for any Node from
// 20.19 on, without packages, and quick when everything is there.
import "./cli/check-node.mjs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { withLock } from "../shared/resilience/lock.mjs";
import { showStep } from "./progress.mjs";

const shownLines = 20;
/** In which a signal to this process and npm has reached both. */
const signalMs = 100;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
const projectRoot = fileURLToPath(new URL("..", import.meta.url));
/** npm prefers it to package-lock.json; it is there only while packages are installed. */
const addressedLock = path.join(projectRoot, "npm-shrinkwrap.json");
export const node22 = path.join(projectRoot, "node_modules/node/bin/node");

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await ensurePackages();

/**
 * Installs what is missing; when that fails, prints why and sets the exit code.
 *
 * @returns {Promise<boolean>} whether everything is installed
 */
export async function ensurePackages() {
  if (isComplete()) return true;
  try {
    await withLock(path.join(projectRoot, "node_modules"), install, () =>
      console.error("Waiting for another process that installs the npm packages"),
    );
    return true;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
    return false;
  }
}

async function install() {
  if (!hasPackages()) {
    await showStep("Installing the npm packages", async () => {
      // Removed first, so that an installation cut off half-way does not look complete.
      rmSync(path.join(projectRoot, "node_modules/.package-lock.json"), { force: true });
      await installPackages();
    });
  }
  if (!existsSync(node22)) {
    await showStep("Installing Node 22 for this project", () =>
      runNpm(["rebuild", "node", "--ignore-scripts=false", "--no-progress", "--loglevel=error"]),
    );
  }
  if (!isComplete())
    throw new Error("npm finished, but packages are missing. Delete node_modules and try again.");
}

async function installPackages() {
  const install = ["ci", "--include=dev", "--no-progress", "--loglevel=error"];
  try {
    return await runNpm([...install, "--replace-registry-host=always"], () =>
      writeFileSync(addressedLock, JSON.stringify(addAddresses(readLock("package-lock.json")))),
    );
  } catch (error) {
    // A registry that keeps its packages at other addresses.
    if (!/\bE404\b/.test(error.message)) throw error;
  }
  await runNpm(install);
}

/**
 * Adds to each package of a lock file the address at which registries have it. package-lock.json names no registry; without an
 * address npm asks the registry for the list of all versions of each package first, two fifths of the installation's processor
 * time. npm puts the registry that it uses in the place of the host.
 */
function addAddresses(lock) {
  for (const [location, entry] of Object.entries(lock.packages)) {
    if (entry.integrity === undefined || entry.inBundle || entry.resolved) continue;
    const name = entry.name ?? location.split("node_modules/").at(-1);
    entry.resolved = `https://registry/${name}/-/${path.basename(name)}-${entry.version}.tgz`;
  }
  return lock;
}

function isComplete() {
  return hasPackages() && existsSync(node22);
}

/**
 * Whether node_modules contains what package-lock.json names; workspaces are links, whose version does not matter. npm writes
 * its list of installed packages last, so an unfinished installation has none.
 */
function hasPackages() {
  const installed = readPackages("node_modules/.package-lock.json");
  if (installed === undefined) return false;
  return Object.entries(readPackages("package-lock.json"))
    .filter(([location]) => location.includes("node_modules/"))
    .every(([location, wanted]) =>
      location in installed ? installed[location].version === wanted.version : wanted.optional === true,
    );
}

function readPackages(file) {
  return existsSync(path.join(projectRoot, file)) ? readLock(file).packages : undefined;
}

function readLock(file) {
  return JSON.parse(readFileSync(path.join(projectRoot, file), "utf8"));
}

/**
 * Runs the npm that runs this script, else the one in PATH, also where npm ran on the project's own Node, which `npm ci` removes.
 * Its output is shown only when it fails. A signal ends npm first and then this process, so that neither npm nor what `prepare`
 * writes is left.
 */
async function runNpm(parameters, prepare = () => {}) {
  const { npm_execpath: npmScript, npm_node_execpath: npmNode } = process.env;
  const command = npmScript && existsSync(npmNode ?? "") ? [npmNode, npmScript] : ["npm"];
  let child;
  let endedBy;
  const endNpm = (signal) => {
    endedBy = signal;
    child?.kill(signal);
  };
  for (const signal of signals) process.on(signal, endNpm);
  try {
    prepare();
    child = spawn(command[0], [...command.slice(1), ...parameters], {
      cwd: projectRoot,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    const [code] = await once(child, "close");
    // Ctrl-C ends npm, too, whose end may be noticed first.
    if (code !== 0) await wait(signalMs);
    if (code === 0 && endedBy === undefined) return;
    const lastLines = output.trimEnd().split("\n").slice(-shownLines).join("\n");
    throw new Error(
      `npm ${parameters[0]} failed (code ${code}):\n${lastLines}\n` +
        "If the registry could not be reached, check the connection or proxy, then run the same command again.",
    );
  } catch (error) {
    throw error.syscall?.startsWith("spawn") ? new Error(`npm cannot be started: ${error.message}`) : error;
  } finally {
    rmSync(addressedLock, { force: true });
    for (const signal of signals) process.off(signal, endNpm);
    if (endedBy !== undefined) process.kill(process.pid, endedBy);
  }
}
