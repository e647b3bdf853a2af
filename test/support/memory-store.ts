import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { ListedObject, ObjectStore } from "../../shared/aws/object-store.ts";

const pageSize = 1_000;

/** An object store in memory with the rules of S3 that matter here: sorted pages of 1,000, ETags, conditions. */
export function createMemoryStore(): ObjectStore & { objects: Map<string, string>; reads: string[] } {
  const objects = new Map<string, string>();
  const reads: string[] = [];
  const encodingOf = (key: string) => (key.endsWith(".parquet") ? "latin1" : "utf8");
  const etagOf = (body: string) => `"${createHash("md5").update(body).digest("hex")}"`;

  return {
    objects,
    /** Keys in the order they were read. */
    reads,
    async warm() {},

    async putObject(_bucket, key, body, { ifAbsent, ifMatch } = {}) {
      const present = objects.get(key);
      if (ifAbsent && present !== undefined) return undefined;
      if (ifMatch !== undefined && (present === undefined || etagOf(present) !== ifMatch)) return undefined;
      const text = Buffer.from(body).toString(encodingOf(key));
      objects.set(key, text);
      return etagOf(text);
    },

    async getObject(_bucket, key) {
      reads.push(key);
      const text = objects.get(key);
      return text === undefined
        ? undefined
        : { bytes: Buffer.from(text, encodingOf(key)), etag: etagOf(text) };
    },

    async openObject(_bucket, key) {
      const text = objects.get(key);
      if (text === undefined) return undefined;
      const bytes = Buffer.from(text, encodingOf(key));
      return {
        body: Readable.from([bytes]),
        sizeBytes: bytes.length,
        contentType: undefined,
        etag: etagOf(text),
      };
    },

    async listPage(_bucket, { prefix, startAfter = "" }, continuationToken = startAfter) {
      const keys = [...objects.keys()]
        .filter((key) => key.startsWith(prefix) && key > continuationToken)
        .sort();
      const page = keys.slice(0, pageSize);
      return {
        objects: page.map((key) => {
          const body = objects.get(key) ?? "";
          return { key, sizeBytes: body.length, lastModifiedMs: 0, etag: etagOf(body) };
        }),
        continuationToken: keys.length > pageSize ? page.at(-1) : undefined,
      };
    },

    async *listObjects(bucket, options): AsyncGenerator<ListedObject> {
      let continuationToken: string | undefined;
      do {
        const page = await this.listPage(bucket, options, continuationToken);
        yield* page.objects;
        continuationToken = page.continuationToken;
      } while (continuationToken !== undefined);
    },

    async deleteObjects(_bucket, keys) {
      for (const key of keys) objects.delete(key);
    },
  };
}
