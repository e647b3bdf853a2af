import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { type Stack, startStack } from "../../scripts/stack/stack.ts";
import { createStackFolder } from "./stack-folder.ts";

/** What tests in other processes are told of the stack that all of them share. */
export type SharedStack = Omit<Stack, "mlflow" | "s3" | "postgres" | "stop">;

declare module "vitest" {
  export interface ProvidedContext {
    stack: SharedStack;
  }
}

/** Starts one stack for a whole run of tests, on free ports and with no data. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const directory = await createStackFolder();
  const stack = await startStack({ directory });
  const { mlflow: _mlflow, s3: _s3, postgres: _postgres, stop, ...shared } = stack;
  project.provide("stack", shared);
  return async () => {
    await stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
