import { setTimeout as sleep } from "node:timers/promises";
import type { ObjectStore } from "./object-store.ts";

const kept = "kept/";
const waiting = "waiting/";
const writeTimeoutMs = 10_000;

/** `kept` until it expires or is forgotten; `waiting` until its label comes or it expires. The template says when. */
export type Place = "kept" | "waiting";

const keyOf = (place: Place, predictionId: string) =>
  `${place === "kept" ? kept : waiting}${predictionId}.png`;

export type KeptPhotographs = ReturnType<typeof createKeptPhotographs>;

/**
 * Photographs in a bucket of their own, named only by the id of their prediction. They hold pixels and nothing else of
 * the caller's file. No record of a prediction names a photograph. Every function throws StorageError when S3 fails.
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

    /** Keeps a photograph that waited for its label. Returns whether there was one. */
    async confirm(predictionId: string): Promise<boolean> {
      const png = await read("waiting", predictionId);
      if (png === undefined) return false;
      await this.keep("kept", predictionId, png);
      await store.deleteObjects(bucket, [keyOf("waiting", predictionId)]);
      return true;
    },

    /** A photograph as PNG, kept or waiting; undefined when there is none. */
    async fetch(predictionId: string): Promise<Uint8Array | undefined> {
      return (await read("kept", predictionId)) ?? (await read("waiting", predictionId));
    },

    /** Ids of the predictions whose photographs are kept, in the order of the ids: oldest first. */
    async *list(): AsyncGenerator<string> {
      for await (const { key } of store.listObjects(bucket, { prefix: kept })) {
        yield key.slice(kept.length).replace(/\.png$/, "");
      }
    },

    /** A kept photograph as PNG; undefined when it still waits for its label, or there is none. */
    fetchKept: (predictionId: string): Promise<Uint8Array | undefined> => read("kept", predictionId),

    /**
     * Deletes a photograph, kept or waiting; one that waits twice, the second time when a `confirm` that had read it before can write
     * it no longer. Returns whether there was one.
     */
    async forget(predictionId: string): Promise<boolean> {
      const remove = () =>
        store.deleteObjects(bucket, [keyOf("kept", predictionId), keyOf("waiting", predictionId)]);
      const waited = (await read("waiting", predictionId)) !== undefined;
      const wasThere = waited || (await read("kept", predictionId)) !== undefined;
      await remove();
      if (waited) {
        await sleep(writeTimeoutMs);
        await remove();
      }
      return wasThere;
    },
  };
}
