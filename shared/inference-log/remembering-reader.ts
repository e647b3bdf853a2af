import { readLogObject } from "./log-object.ts";

/** Each holds an hour: of a busy service some hundred thousand records. */
const rememberedObjects = 4;

/**
 * A `readLogObject` that remembers the compacted objects it read last. They are written once; the others hold a few records
 * each and are not worth it.
 */
export function createRememberingReader(read: typeof readLogObject = readLogObject): typeof readLogObject {
  const remembered = new Map<string, ReturnType<typeof readLogObject>>();
  return (location, key) => {
    if (!key.endsWith(".parquet")) return read(location, key);
    const lines = remembered.get(key) ?? read(location, key);
    remembered.delete(key);
    remembered.set(key, lines);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedObjects && oldest !== undefined) remembered.delete(oldest);
    return lines;
  };
}
