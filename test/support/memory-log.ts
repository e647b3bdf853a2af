import { createLogKey } from "../../shared/inference-log/log-keys.ts";
import { renderLogLine } from "../../shared/inference-log/log-lines.ts";
import type { InferenceLogRecord } from "../../shared/schemas/inference-record.ts";
import { createMemoryStore } from "./memory-store.ts";

/** An inference log in a bucket in memory. What writes to it returns the object's key. */
export function createMemoryLog({ prefix = "" } = {}) {
  const store = createMemoryStore();
  let sequence = 0;
  const put = (key: string, records: readonly InferenceLogRecord[], tail = "") => {
    store.objects.set(key, records.map(renderLogLine).join("") + tail);
    return key;
  };
  return {
    store,
    location: { store, bucket: "log", prefix },

    /** Writes records as one object, as their session would. @param tail text behind the last one */
    write(records: readonly InferenceLogRecord[], tail = ""): string {
      sequence += 1;
      const key = createLogKey(prefix, {
        newestMs: Math.max(...records.map(({ timestamp_ms }) => timestamp_ms)),
        sessionId: "s",
        sequence,
        predictions: records.filter(({ kind }) => kind === "prediction").length,
        isHealthOnly: records.every(({ kind }) => kind === "health_check"),
      });
      return put(key, records, tail);
    },

    /** Writes records as one object, as Firehose would. @param oldestMs when its oldest record arrived */
    deliver(oldestMs: number, records: readonly InferenceLogRecord[]): string {
      const oldest = new Date(oldestMs).toISOString().slice(0, 19);
      const folder = `${prefix}inference-log/date=${oldest.slice(0, 10)}/hour=${oldest.slice(11, 13)}/`;
      const name = `delivered-stream-1-${oldest.replace(/[T:]/g, "-")}-2f1c6a55-6f0e-4f8e-9d3e-0c3a5b0f6c11.jsonl`;
      return put(folder + name, records);
    },
  };
}
