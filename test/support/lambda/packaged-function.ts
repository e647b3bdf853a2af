import { inject } from "vitest";
import type { ExecutionEnvironment } from "./start-environment.ts";
import { type PackagedFunctionOptions, startFunctionOf } from "./start-function.ts";

/** Starts a function of what was packaged for the tests: see `startFunctionOf`. */
export const startPackagedFunction = (
  name: string,
  options: PackagedFunctionOptions,
): Promise<ExecutionEnvironment> => startFunctionOf(inject("packaged"), name, options);
