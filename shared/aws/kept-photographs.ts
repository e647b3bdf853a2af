import { setTimeout } from "node:timers/promises";
import { timeOfPredictionId } from "../schemas/prediction-id.ts";
import type { ObjectStore } from "./object-store.ts";

const kept = "kept/";
const waiting = "waiting/";
const writeTimeoutMs = 10_000;

/** A photograph that has not come so long after its prediction was asked for does not come any more. */
export const arrivesWithinMs = 60_000;

/** `kept` until it expires or is forgotten; `waiting` until its label comes or it expires. The template says when. */
export type Place = "kept" | "waiting";

const keyOf = (place: Place, predictionId: string) =>
  `${place === "kept" ? kept : waiting}${predictionId}.png`;

interface KeptPhotographsClock {
  sleep?: (milliseconds: number) => Promise<unknown>;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export type KeptPhotographs = ReturnType<typeof createKeptPhotographs>;

/**
 * Photographs in a bucket of their own, named only by the id of their prediction. They hold pixels and nothing else of
 * the caller's file. No record of a prediction names a photograph. Every function throws StorageError when S3 fails.
 */
export function createKeptPhotographs(
  store: Pick<ObjectStore, "putObject" | "getObject" | "deleteObjects" | "listObjects">,
  bucket: string,
  { sleep = setTimeout, now = Date.now }: KeptPhotographsClock = {},
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
     * Deletes a photograph, kept or waiting, and looks again for as long as one may still come: one that waited until a
     * `confirm` that had read it can write it no longer, one of a new prediction until predict has written it. Returns
     * whether there was one.
     */
    async forget(predictionId: string): Promise<boolean> {
      // The clock that made the id may be ahead.
      const askedMs = Math.min(timeOfPredictionId(predictionId) ?? 0, now());
      for (let wasThere = false; ; ) {
        const waited = (await read("waiting", predictionId)) !== undefined;
        wasThere ||= waited || (await read("kept", predictionId)) !== undefined;
        await store.deleteObjects(bucket, [keyOf("kept", predictionId), keyOf("waiting", predictionId)]);
        const pauseMs = Math.max(askedMs + arrivesWithinMs - now(), waited ? writeTimeoutMs : 0);
        if (pauseMs <= 0) return wasThere;
        await sleep(pauseMs);
      }
    },
  };
}
