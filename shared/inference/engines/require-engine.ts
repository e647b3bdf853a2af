import { createRequire } from "node:module";
import { ModelError } from "../../errors/model-error.ts";

const require = createRequire(import.meta.url);

/**
 * Loads a native package when it is first needed. Unlike import, require() also looks where a Lambda layer lies
 * (NODE_PATH).
 *
 * @throws ModelError when the package is not installed or its native part cannot be loaded
 */
export function requireEngine<Package>(name: string): Package {
  try {
    return require(name) as Package;
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new ModelError(`${name} cannot be loaded: ${reason}`, { cause: error });
  }
}
