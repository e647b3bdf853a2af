import { readLogObject } from "./log-object.ts";

/** Four times as many as the busiest hour has. Of each only the wanted lines are remembered. */
const rememberedObjects = 64;

/**
 * A `readLogObject` for many predictions, of which most lie in the same hours: it parses a compacted object once, for all
 * of them, and remembers their lines. Such objects never change; the others hold a few records each and are not worth
 * remembering.
 *
 * @param predictionIds the predictions that will be asked for
 */
export function createRememberingReader(
  predictionIds: readonly string[],
  read: typeof readLogObject = readLogObject,
): typeof readLogObject {
  const remembered = new Map<string, ReturnType<typeof readLogObject>>();
  return (location, key, asked) => {
    if (!key.endsWith(".parquet")) return read(location, key, asked);
    const lines = remembered.get(key) ?? read(location, key, predictionIds);
    remembered.delete(key);
    remembered.set(key, lines);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedObjects && oldest !== undefined) remembered.delete(oldest);
    return lines;
  };
}
