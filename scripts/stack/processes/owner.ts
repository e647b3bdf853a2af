import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { tryLock } from "../../../shared/resilience/lock.mjs";
import { StackError } from "../stack-error.ts";
import { isRunning, type ProcessIdentity, readIdentity } from "./processes.ts";

const ownerSchema = z.object({ processId: z.number().int().positive(), startTicks: z.string() });

/**
 * Makes this process the only one that runs a stack in the folder.
 *
 * @returns a function that gives the folder back
 * @throws StackError when another process runs a stack there
 */
export async function takeOwnership(directory: string): Promise<() => void> {
  mkdirSync(directory, { recursive: true });
  const release = await tryLock(directory);
  if (release === undefined) {
    const owner = findOwner(directory)?.processId ?? "of unknown number";
    throw new StackError(
      `The stack in ${directory} is running already (process ${owner}). End it with: npm stop`,
    );
  }
  writeFileSync(ownerFile(directory), JSON.stringify(readIdentity(process.pid)));
  return () => {
    rmSync(ownerFile(directory), { force: true });
    release();
  };
}

/** Finds the process that runs the stack in the folder; undefined when none does. */
export function findOwner(directory: string): ProcessIdentity | undefined {
  try {
    const owner = ownerSchema.parse(JSON.parse(readFileSync(ownerFile(directory), "utf8")));
    return isRunning(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

function ownerFile(directory: string): string {
  return path.join(directory, "owner.json");
}
