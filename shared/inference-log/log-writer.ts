import type { Reachability } from "../resilience/reachability.ts";
import type { LogBatch, LogBuffer } from "./log-buffer.ts";
import type { LogSink } from "./sinks/log-sink.ts";

/** For one write with its retries; a request waits for only a part of it. */
const writeTimeoutMs = 5_000;

export interface LogWriterOptions {
  sink: LogSink;
  buffer: LogBuffer;
  /** Of the sink: says when it may be tried again. */
  reachability: Reachability;
  /** Must note the failure in `reachability`. */
  onFailure(error: unknown): void;
  /** Must note the success in `reachability`. */
  onSuccess(): void;
}

/** Writes a buffer's records to a sink, one batch after the other, and tries again by itself after a failure. */
export function createLogWriter({ sink, buffer, reachability, onFailure, onSuccess }: LogWriterOptions) {
  /** Kept until it is written: every try has the same key and body, so that writing it twice is harmless. */
  let batch: LogBatch | undefined;
  let writing: Promise<void> | undefined;
  let retryTimer: NodeJS.Timeout | undefined;

  const pending = () => buffer.size() + (batch?.size ?? 0);

  async function writeAll(): Promise<void> {
    try {
      while (pending() > 0) {
        batch ??= buffer.takeBatch();
        if (batch === undefined || !(await writeBatch(batch))) return;
        batch = undefined;
      }
    } finally {
      writing = undefined;
    }
  }

  async function writeBatch({ key, body, settle }: LogBatch): Promise<boolean> {
    try {
      await sink.write({ key, body }, { timeoutMs: writeTimeoutMs });
    } catch (error) {
      onFailure(error);
      settle(false);
      retryLater();
      return false;
    }
    settle(true);
    onSuccess();
    return true;
  }

  function retryLater(): void {
    clearTimeout(retryTimer);
    // The timer alone decides: it may fire a millisecond before the clock says that a try is due.
    retryTimer = setTimeout(startNow, reachability.pauseMs());
    retryTimer.unref();
  }

  function startNow(): void {
    if (writing === undefined && pending() > 0) writing = writeAll();
  }

  return {
    /** Records that the sink has not taken yet. */
    pending,

    /** Starts writing, unless it is under way, even if the sink has just failed. */
    startNow,

    /** Starts writing, unless the sink has just failed. Resolves when the writing that is under way ends. */
    start(): Promise<void> {
      if (reachability.isTryDue()) startNow();
      return writing ?? Promise.resolve();
    },

    /** Stops trying again. */
    close(): void {
      clearTimeout(retryTimer);
    },
  };
}
