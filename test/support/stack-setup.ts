import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { type Stack, startStack } from "../../scripts/stack/stack.ts";

/** What tests in other processes are told of the stack that all of them share. */
export type SharedStack = Omit<Stack, "mlflow" | "s3" | "postgres" | "stop">;

declare module "vitest" {
  export interface ProvidedContext {
    stack: SharedStack;
  }
}

/** Starts one stack for a whole run of tests, on free ports and with no data. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(path.join(tmpdir(), "fundus-stack-"));
  const stack = await startStack({ directory });
  const { mlflow: _mlflow, s3: _s3, postgres: _postgres, stop, ...shared } = stack;
  project.provide("stack", shared);
  return async () => {
    await stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
