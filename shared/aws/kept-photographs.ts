import type { ObjectStore } from "./object-store.ts";

const kept = "kept/";
const waiting = "waiting/";
const writeTimeoutMs = 10_000;

/** Where a photograph lies: for good, until it expires, or until its label comes. */
export type Place = "kept" | "waiting";

const keyOf = (place: Place, predictionId: string) =>
  `${place === "kept" ? kept : waiting}${predictionId}.png`;

export type KeptPhotographs = ReturnType<typeof createKeptPhotographs>;

/**
 * Photographs in a bucket of their own, named by the id of their prediction alone: pixels without anything that the file said
 * besides. Records of predictions name no photograph. Every function throws StorageError when S3 fails.
 */
export function createKeptPhotographs(
  store: Pick<ObjectStore, "putObject" | "getObject" | "deleteObjects" | "listObjects">,
  bucket: string,
) {
  const read = async (place: Place, predictionId: string) =>
    (await store.getObject(bucket, keyOf(place, predictionId)))?.bytes;

  return {
    async keep(place: Place, predictionId: string, png: Uint8Array): Promise<void> {
      const options = { contentType: "image/png", timeoutMs: writeTimeoutMs };
      await store.putObject(bucket, keyOf(place, predictionId), png, options);
    },

    /** Keeps one that waited for its label. Returns whether there was one. */
    async confirm(predictionId: string): Promise<boolean> {
      const png = await read("waiting", predictionId);
      if (png === undefined) return false;
      await this.keep("kept", predictionId, png);
      await store.deleteObjects(bucket, [keyOf("waiting", predictionId)]);
      return true;
    },

    /** Undefined when it is not kept, or no longer. */
    async fetch(predictionId: string): Promise<Uint8Array | undefined> {
      return (await read("kept", predictionId)) ?? (await read("waiting", predictionId));
    },

    /** Ids of the predictions whose photographs are kept, oldest first. */
    async *list(): AsyncGenerator<string> {
      for await (const { key } of store.listObjects(bucket, { prefix: kept })) {
        yield key.slice(kept.length).replace(/\.png$/, "");
      }
    },

    /** Undefined when it is not kept, or waits for its label still. */
    fetchKept: (predictionId: string): Promise<Uint8Array | undefined> => read("kept", predictionId),

    /** Deletes what there is of one. Returns whether there was any. */
    async forget(predictionId: string): Promise<boolean> {
      const wasThere = (await this.fetch(predictionId)) !== undefined;
      await store.deleteObjects(bucket, [keyOf("kept", predictionId), keyOf("waiting", predictionId)]);
      return wasThere;
    },
  };
}
