import type { ObjectStore } from "./object-store.ts";

/** Where an inference log lies. */
export interface LogLocation {
  store: ObjectStore;
  bucket: string;
  /** What stands before `inference-log/` in every key: empty, or ends with a slash. */
  prefix: string;
}
