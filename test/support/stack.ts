import { rmSync } from "node:fs";
import { afterAll, beforeAll, inject } from "vitest";
import { type Stack, type StackOptions, startStack } from "../../scripts/stack/stack.ts";
import { createStackFolder } from "./stack-folder.ts";
import type { SharedStack } from "./stack-setup.ts";

/**
 * The stack that all tests of a run share. Other tests write to it too: use names of your own, and never stop it.
 *
 * @example const { env, mlflowUrl } = useSharedStack();
 */
export function useSharedStack(): SharedStack {
  return inject("stack");
}

/**
 * A stack for one file or describe block alone, empty, which its tests may stop and start part by part.
 * Call it outside of tests; what it returns gives the stack inside of them.
 *
 * @example
 * const stack = useOwnStack({ auth: true });
 * it("...", async () => { await stack().mlflow.stop(); ... });
 */
export function useOwnStack(options: Omit<StackOptions, "directory"> = {}): () => Stack {
  let directory = "";
  let stack: Stack | undefined;
  beforeAll(async () => {
    directory = await createStackFolder();
    stack = await startStack({ ...options, directory });
  });
  afterAll(async () => {
    await stack?.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  return () => {
    if (stack === undefined) throw new Error("The stack is there within tests and hooks only.");
    return stack;
  };
}
