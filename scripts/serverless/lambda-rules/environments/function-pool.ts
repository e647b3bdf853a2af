import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { FunctionDefinition, Serverless } from "../serverless-types.ts";
import { EnvironmentGroup } from "./environment-group.ts";
import { ExecutionEnvironment } from "./execution-environment.ts";

/** The engine computes on an environment's own thread, so with fewer environments than processors some would stay idle. */
const mostEnvironments = availableParallelism();

/** The functions of serverless.yml, each with the execution environments that answer its events. */
export interface FunctionPool {
  /** @param folder where the bundled handlers are; must be called before the first event */
  useBundles(folder: string): void;
  /** @throws TimeoutError, FunctionError */
  invoke(functionKey: string, event: unknown): Promise<unknown>;
  /** Ends every environment; a later event starts a new one, with the code of that moment. */
  shutdown(): Promise<void>;
}

export function createFunctionPool(serverless: Serverless): FunctionPool {
  const groups = new Map<string, EnvironmentGroup>();
  let bundles = serverless.serviceDir;
  // Copied at the start, because serverless-offline later writes each function's variables into process.env, unresolved ones too.
  const processEnvironment = onlyText(process.env);

  const createGroup = (functionKey: string): EnvironmentGroup => {
    const definition = serverless.service.getFunction(functionKey);
    return new EnvironmentGroup({
      create: () => createEnvironment({ serverless, bundles, processEnvironment, definition }),
      startEvent: serverless.service.custom["lambda-rules"]?.start?.[functionKey],
      most: mostEnvironments,
    });
  };

  return {
    useBundles(folder) {
      bundles = folder;
    },
    invoke(functionKey, event) {
      const group = groups.get(functionKey) ?? createGroup(functionKey);
      groups.set(functionKey, group);
      return group.invoke(event);
    },
    async shutdown() {
      const ending = [...groups.values()];
      groups.clear();
      await Promise.all(ending.map((group) => group.shutdown()));
    },
  };
}

interface EnvironmentSource {
  serverless: Serverless;
  bundles: string;
  processEnvironment: Record<string, string>;
  definition: FunctionDefinition;
}

function createEnvironment(source: EnvironmentSource): ExecutionEnvironment {
  const { serverless, bundles, processEnvironment, definition } = source;
  const { provider } = serverless.service;
  const dot = definition.handler.lastIndexOf(".");
  const memoryMb = definition.memorySize ?? provider.memorySize ?? 1024;
  return new ExecutionEnvironment({
    modulePath: resolve(bundles, `${definition.handler.slice(0, dot)}.mjs`),
    exportName: definition.handler.slice(dot + 1),
    functionName: definition.name,
    memoryMb,
    timeoutMs: (definition.timeout ?? provider.timeout ?? 6) * 1000,
    env: {
      ...processEnvironment,
      ...onlyText(provider.environment),
      ...onlyText(definition.environment),
      AWS_LAMBDA_FUNCTION_NAME: definition.name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_REGION: processEnvironment.AWS_REGION ?? provider.region,
      _HANDLER: definition.handler,
      IS_OFFLINE: "true",
    },
  });
}

/** Leaves out values that only CloudFormation can resolve, such as `{Ref: ...}`. */
function onlyText(values: Record<string, unknown> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      ["string", "number", "boolean"].includes(typeof value) ? [[name, String(value)]] : [],
    ),
  );
}
