import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FunctionPool } from "./environments/function-pool.ts";
import type { Serverless } from "./serverless-types.ts";

const invokeSymbol = "fundus-lambda.invoke";

/**
 * Writes what serverless-offline runs for a schedule or for its invoke endpoint: one module of one line per function, which
 * passes the event to the function's execution environments.
 *
 * @param folder where they are written, at the paths of the handlers
 */
export function writeEntries(folder: string, { service }: Serverless, pool: FunctionPool): void {
  for (const functionKey of service.getAllFunctions()) {
    const { handler } = service.getFunction(functionKey);
    const dot = handler.lastIndexOf(".");
    const file = join(folder, `${handler.slice(0, dot)}.mjs`);
    mkdirSync(dirname(file), { recursive: true });
    const invoke = `globalThis[Symbol.for("${invokeSymbol}")]("${functionKey}", event)`;
    writeFileSync(file, `export const ${handler.slice(dot + 1)} = (event) => ${invoke};\n`);
  }
  Object.assign(globalThis, { [Symbol.for(invokeSymbol)]: pool.invoke });
}
