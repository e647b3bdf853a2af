import { readLogObject } from "./log-object.ts";

/** Each holds up to 25,000 records. */
const rememberedObjects = 4;

/**
 * A `readLogObject` that remembers the compacted objects that it read last. They never change; the other objects hold a
 * few records each and are not worth remembering.
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
