import { join, resolve } from "node:path";
import { readDeployedFunctions } from "./deployed-api.ts";
import type { PackagedService } from "./package-for-machine.ts";
import { type LambdaFiles, privateRootCommand } from "./private-root.ts";
import {
  type EnvironmentOptions,
  type ExecutionEnvironment,
  lambdaVariables,
  startEnvironment,
} from "./start-environment.ts";

export interface FunctionOptions extends Partial<Omit<EnvironmentOptions, "command" | "env">> {
  /** Settings beside Lambda's own variables. */
  env: Record<string, string>;
  memoryMb?: number;
  /** A folder that is /tmp: what was in it before is there again. */
  temporary?: string;
}
export interface PackagedFunctionOptions extends FunctionOptions {
  deployment?: "zip" | "image";
}

const functionsWithLayer = ["predict"];

/**
 * Starts a packaged function as Lambda starts it: its own archive, its layer, the official runtime client, and the template's
 * timeout, memory and variables where none are given.
 */
export function startFunctionOf(
  packaged: PackagedService,
  name: string,
  { deployment = "zip", env, ...options }: PackagedFunctionOptions,
): Promise<ExecutionEnvironment> {
  const deployed = readDeployedFunctions(packaged.templates.zip).get(name);
  if (deployed === undefined) throw new Error(`Expected a function of serverless.yml but received ${name}`);
  const files: LambdaFiles =
    deployment === "image"
      ? { task: join(packaged.image, "task"), layers: join(packaged.image, "opt") }
      : {
          task: packaged.tasks[name] ?? "",
          ...(functionsWithLayer.includes(name) ? { layers: packaged.layer } : {}),
        };
  return startFunction(`functions/${name}/handler.handler`, files, {
    ...deployed,
    ...options,
    env: { ...deployed.env, ...env },
  });
}

/** Empty, and the same for all: what is mounted on it is seen by the process that mounted it alone. */
const mountPoint = resolve(".local/lambda-root");

/**
 * Starts the function in these files.
 *
 * @param handler module and export, e.g. `functions/predict/handler.handler`
 */
export async function startFunction(
  handler: string,
  files: LambdaFiles,
  options: FunctionOptions,
): Promise<ExecutionEnvironment> {
  const lines: string[] = [];
  try {
    return await startEnvironment({
      ...options,
      onOutput: (line) => {
        lines.push(line);
        options.onOutput?.(line);
      },
      command: privateRootCommand(mountPoint, {
        ...files,
        temporaryMb: 1024,
        ...(options.temporary !== undefined && { temporary: options.temporary }),
      }),
      env: { ...lambdaVariables(handler, options.memoryMb), ...options.env },
    });
  } catch (error) {
    throw new Error(`${handler} did not start:\n${lines.join("\n")}`, { cause: error });
  }
}
