import type { ObjectStore } from "./object-store.ts";

/** Place in S3 where the service keeps what it writes. */
export interface StoreLocation {
  store: ObjectStore;
  bucket: string;
  /** Beginning of every key: empty, or a text that ends with a slash. */
  prefix: string;
}
