import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { findOwner } from "./owner.ts";

/** Writes down how clients reach a stack, including keys, in a file that only its owner can read. */
export function saveClientEnvironment(directory: string, environment: Record<string, string>): void {
  writeFileSync(fileIn(directory), JSON.stringify(environment, null, 2), { mode: 0o600 });
}

/** Finds what a client of the stack in the folder needs in its environment; undefined when no stack is running there. */
export function findClientEnvironment(directory: string): Record<string, string> | undefined {
  if (findOwner(directory) === undefined) return undefined;
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(fileIn(directory), "utf8")));
  } catch {
    return undefined;
  }
}

function fileIn(directory: string): string {
  return path.join(directory, "client-environment.json");
}
