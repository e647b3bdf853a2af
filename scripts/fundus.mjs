#!/usr/bin/env node
// Runs every command of the project: `npm run NAME -- ARGUMENTS` or `npx fundus NAME ARGUMENTS`. Plain JavaScript for any
// Node from 20.19 on, because help and refusals come first, then packages and Node 22 are installed, then the command runs.
import "./cli/check-node.mjs";
import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import path from "node:path";
import { commands } from "./cli/commands.mjs";
import { findNearestNames } from "./cli/nearest-names.mjs";
import { parseCommandLine, UsageError } from "./cli/parse-command-line.mjs";
import { renderCommandList, renderHelp } from "./cli/render-help.mjs";
import { ensurePackages, node22 } from "./install.mjs";

const usageExitCode = 2;

const [name, ...words] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
if (command !== undefined) await start(command);
else if (name === "--help" || name === "help") console.log(renderCommandList(commands));
else refuse(describeUnknown(name), renderCommandList(commands));

async function start(command) {
  let parsed;
  try {
    parsed = parseCommandLine(command, words, process.env);
  } catch (error) {
    if (error instanceof UsageError) return refuse(error.message, renderHelp(name, command));
    throw error;
  }
  if (parsed.values.help) return console.log(renderHelp(name, command));
  if (!(await ensurePackages())) return;
  preferInstalledPrograms();
  keepExperimentsQuiet();
  if (realpathSync(process.execPath) !== realpathSync(node22)) return runWithNode22();
  const { runCommand } = await import("./cli/run-command.ts");
  await runCommand(name, parsed);
}

/** What is wrong comes last, where it is still seen below a long help. */
function refuse(message, help) {
  console.error(`${help}\n\n${message}`);
  process.exitCode = usageExitCode;
}

function describeUnknown(word) {
  if (word === undefined) return "Expected a command but received nothing";
  const nearest = findNearestNames(word, Object.keys(commands));
  const hint = nearest.length === 0 ? "" : `. Did you mean ${nearest.join(", ")}?`;
  return `Expected a command but received ${word}${hint}`;
}

/** Puts node_modules/.bin first in PATH, as npm does, so that programs with `#!/usr/bin/env node`, such as vitest, run on Node 22. */
function preferInstalledPrograms() {
  const folder = path.join(path.dirname(node22), "../../.bin");
  const { PATH = "" } = process.env;
  if (!PATH.split(path.delimiter).includes(folder)) process.env.PATH = `${folder}${path.delimiter}${PATH}`;
}

/**
 * Silences Node 22's warning that running TypeScript is experimental. The option is not in .npmrc, because an older Node that
 * does not know it would fail before this file can say which Node is needed.
 */
function keepExperimentsQuiet() {
  const option = "--disable-warning=ExperimentalWarning";
  const { NODE_OPTIONS = "" } = process.env;
  if (!NODE_OPTIONS.includes(option)) process.env.NODE_OPTIONS = `${NODE_OPTIONS} ${option}`.trim();
  const [print] = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.name !== "ExperimentalWarning") print?.call(process, warning);
  });
}

/** Starts this file again with Node 22: in a fresh clone the machine's own Node runs first. */
function runWithNode22() {
  const child = spawn(node22, process.argv.slice(1), { stdio: "inherit" });
  // Ctrl-C reaches the child by itself; signals sent to this process only must be passed on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.once("error", (error) => {
    console.error(`Node 22 cannot be started: ${error.message}. Delete node_modules and try again.`);
    process.exit(1);
  });
  child.once("exit", (code) => process.exit(code ?? 1));
}
