import type { ObjectStore } from "../../aws/object-store.ts";
import type { LogSink } from "./log-sink.ts";

export interface S3SinkOptions {
  store: Pick<ObjectStore, "putObject" | "warm">;
  bucket: string;
}

/** Each write is an object of its own, which readers see at once. */
export function createS3Sink({ store, bucket }: S3SinkOptions): LogSink {
  return {
    maximumBytes: 16 * 1024 * 1024,
    warm: () => store.warm(),
    async write({ key, body }, { timeoutMs }) {
      await store.putObject(bucket, key, body, { contentType: "application/x-ndjson", timeoutMs });
    },
  };
}
