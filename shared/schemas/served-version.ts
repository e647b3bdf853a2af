import type { EngineName } from "./model.ts";

/** A model that a session began to answer with. */
export interface ServedVersion {
  name: string;
  version: string;
  /** How it was found: `Production`, `@champion`, `version 3`, `packaged`. */
  foundBy: string;
  engine: EngineName;
  /** Milliseconds since 1970. */
  sinceMs: number;
}

const keyPrefix = "serving_since.";
const pattern = /^(.+) version (\S+) \((.+)\) on (onnx|tensorflow)$/;

/** The tag of a session's run that says which model it answers with, and since when. */
export function renderServedVersion({ name, version, foundBy, engine, sinceMs }: ServedVersion) {
  return {
    key: `${keyPrefix}${new Date(sinceMs).toISOString()}`,
    value: `${name} version ${version} (${foundBy}) on ${engine}`,
  };
}

/** Reads such a tag; undefined for any other tag. */
export function parseServedVersion(key: string, value: string): ServedVersion | undefined {
  const sinceMs = key.startsWith(keyPrefix) ? Date.parse(key.slice(keyPrefix.length)) : Number.NaN;
  const [, name, version, foundBy, engine] = pattern.exec(value) ?? [];
  if (Number.isNaN(sinceMs) || !name || !version || !foundBy || !engine) return undefined;
  return { name, version, foundBy, engine: engine as EngineName, sinceMs };
}
