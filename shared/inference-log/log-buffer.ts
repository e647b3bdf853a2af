import type { InferenceLogRecord } from "../schemas/inference-record.ts";
import { createLogKey, startOfHour } from "./log-keys.ts";
import { renderLogLine } from "./log-lines.ts";

const maximumRecordsPerObject = 1_000;

interface Entry {
  line: string;
  bytes: number;
  timestampMs: number;
  kind: InferenceLogRecord["kind"];
  settle: (written: boolean) => void;
}

/** Records that go into one object. */
export interface LogBatch {
  key: string;
  body: string;
  size: number;
  settle: (written: boolean) => void;
}

export interface LogBufferOptions {
  prefix: string;
  sessionId: string;
  /** Characters of lines that may wait; beyond this the oldest records are dropped. */
  maximumLength: number;
  /** Bytes of one batch's lines; a longer line is a batch of its own. */
  maximumBatchBytes: number;
}

export type LogBuffer = ReturnType<typeof createLogBuffer>;

/** Records that wait to be written, in the order they came. */
export function createLogBuffer({ prefix, sessionId, maximumLength, maximumBatchBytes }: LogBufferOptions) {
  let entries: Entry[] = [];
  let length = 0;
  let dropped = 0;
  let sequence = 0;

  function dropOldest(): void {
    while (length > maximumLength) {
      const oldest = entries.shift();
      if (oldest === undefined) return;
      length -= oldest.line.length;
      dropped += 1;
      oldest.settle(false);
    }
  }

  return {
    size: () => entries.length,
    dropped: () => dropped,

    /** Resolves to true once the record is written, to false when it was dropped or its waiter was released. */
    add(record: InferenceLogRecord): Promise<boolean> {
      return new Promise((settle) => {
        const line = renderLogLine(record);
        entries.push({
          line,
          bytes: Buffer.byteLength(line),
          timestampMs: record.timestamp_ms,
          kind: record.kind,
          settle,
        });
        length += line.length;
        dropOldest();
      });
    },

    /** Lets every waiter go on without its record written; the records stay. */
    releaseWaiters(): void {
      for (const entry of entries) entry.settle(false);
    },

    /** Takes the oldest records, of one hour and as many as fit, for the next object. */
    takeBatch(): LogBatch | undefined {
      const [first] = entries;
      if (first === undefined) return undefined;
      const hourMs = startOfHour(first.timestampMs);
      let bytes = 0;
      const end = entries.findIndex((entry, index) => {
        bytes += entry.bytes;
        const isFull = index === maximumRecordsPerObject || (index > 0 && bytes > maximumBatchBytes);
        return isFull || startOfHour(entry.timestampMs) !== hourMs;
      });
      const taken = entries.slice(0, end === -1 ? undefined : end);
      entries = entries.slice(taken.length);
      const body = taken.map((entry) => entry.line).join("");
      length -= body.length;
      sequence += 1;
      const key = createLogKey(prefix, {
        newestMs: Math.max(...taken.map((entry) => entry.timestampMs)),
        sessionId,
        sequence,
        predictions: taken.filter(({ kind }) => kind === "prediction").length,
        isHealthOnly: taken.every(({ kind }) => kind === "health_check"),
      });
      const settle = (written: boolean) => {
        for (const entry of taken) entry.settle(written);
      };
      return { key, body, size: taken.length, settle };
    },
  };
}
