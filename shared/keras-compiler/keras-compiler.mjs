#!/usr/bin/env node
// The package holds what is built of the sources; where the sources lie, they run as they are (Node 22.18 or newer).
import { existsSync } from "node:fs";

const source = new URL("./command.ts", import.meta.url);
const { runCommand } = await import(existsSync(source) ? source.href : "./dist/command.js");
process.exitCode = await runCommand(process.argv.slice(2));
