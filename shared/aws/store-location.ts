import type { ObjectStore } from "./object-store.ts";

/** Where in S3 the service keeps what it writes. */
export interface StoreLocation {
  store: ObjectStore;
  bucket: string;
  /** What every key begins with: empty, or ends with a slash. */
  prefix: string;
}
