import { createCircuitBreaker } from "../resilience/circuit-breaker.ts";
import { waitAtMost } from "../resilience/wait-at-most.ts";
import type { InferenceLogRecord } from "../schemas/inference-record.ts";
import type { Log } from "../schemas/log.ts";
import { createLogBuffer, type LogBatch } from "./log-buffer.ts";
import type { LogSink } from "./sinks/log-sink.ts";

/** For one write with its retries; a request waits for only `timeoutMs` of it. */
const writeTimeoutMs = 5_000;
const firstPauseMs = 500;
const longestPauseMs = 15_000;
const maximumBufferLength = 8 * 1024 * 1024;

export interface InferenceLogOptions {
  /** Where records are kept. */
  sink: LogSink;
  /** What precedes `inference-log/` in every key. */
  prefix: string;
  sessionId: string;
  /** Milliseconds that a request may wait for its record. */
  timeoutMs: number;
  log: Log;
  now: () => number;
}

export interface InferenceLogState {
  status: "unknown" | "reachable" | "unreachable";
  /** Records that the sink has not taken yet. */
  pending: number;
  /** Records dropped because the buffer was full. */
  dropped: number;
  lastError?: string;
}

export type InferenceLog = ReturnType<typeof createInferenceLog>;

/**
 * Writes records as JSON lines to a sink: S3 or Firehose. Records that come during a write go together with the next
 * one. When the sink fails or is slow, one request waits for at most `timeoutMs`; the following ones do not wait, and
 * their records stay in memory until a try in the background succeeds.
 */
export function createInferenceLog(options: InferenceLogOptions) {
  const { sink, prefix, sessionId, timeoutMs, log, now } = options;
  const buffer = createLogBuffer({
    prefix,
    sessionId,
    maximumLength: maximumBufferLength,
    maximumBatchBytes: sink.maximumBytes,
  });
  const breaker = createCircuitBreaker({ now, firstPauseMs, longestPauseMs });
  /** Kept until it is written: every try has the same key and body, so that writing it twice is harmless. */
  let batch: LogBatch | undefined;
  let writing: Promise<void> | undefined;
  let retryTimer: NodeJS.Timeout | undefined;
  let hasWritten = false;
  let lastError: string | undefined;

  const pending = () => buffer.size() + (batch?.size ?? 0);

  // In the init phase, so that the first request does not wait for it. If it fails, the first write says so.
  sink.warm().catch(() => {});

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
      reportFailure(error);
      settle(false);
      retryLater();
      return false;
    }
    settle(true);
    reportSuccess();
    return true;
  }

  function reportFailure(error: unknown): void {
    lastError = error instanceof Error ? error.message : String(error);
    buffer.releaseWaiters();
    if (breaker.fail()) {
      log.warn("The inference log cannot be written; records wait in memory", { error, pending: pending() });
    }
  }

  function reportSuccess(): void {
    hasWritten = true;
    if (breaker.succeed()) {
      log.info("The inference log can be written again", { pending: pending(), dropped: buffer.dropped() });
    }
  }

  function retryLater(): void {
    clearTimeout(retryTimer);
    // The timer alone decides: it may fire a millisecond before the clock says that a try is due.
    retryTimer = setTimeout(startWritingNow, breaker.pauseMs());
    retryTimer.unref();
  }

  function startWritingNow(): void {
    if (writing === undefined && pending() > 0) writing = writeAll();
  }

  function startWriting(): Promise<void> {
    if (breaker.isTryDue()) startWritingNow();
    return writing ?? Promise.resolve();
  }

  return {
    /** Queues a record without waiting: it is written with the next `append`, or by `drain`. */
    add(record: InferenceLogRecord): void {
      void buffer.add(record);
    },

    /** Resolves to true once the sink has taken the record, to false when the wait is over. Never rejects. */
    async append(record: InferenceLogRecord): Promise<boolean> {
      let isWritten = false;
      const written = buffer.add(record).then((result) => {
        isWritten = result;
      });
      void startWriting();
      if (breaker.isOpen()) return false;
      if (!(await waitAtMost(written, timeoutMs)) && !breaker.isOpen()) {
        reportFailure(new Error(`The inference log took longer than ${timeoutMs} ms`));
      }
      return isWritten;
    },

    /** Writes what waits, for at most the given milliseconds; `force` tries even if the sink has just failed. */
    async drain({ withinMs, force = false }: { withinMs: number; force?: boolean }): Promise<void> {
      if (force) startWritingNow();
      await waitAtMost(startWriting(), withinMs);
    },

    state(): InferenceLogState {
      const status = breaker.isOpen() ? "unreachable" : hasWritten ? "reachable" : "unknown";
      return {
        status,
        pending: pending(),
        dropped: buffer.dropped(),
        ...(status === "unreachable" && lastError !== undefined ? { lastError } : {}),
      };
    },

    close(): void {
      clearTimeout(retryTimer);
    },
  };
}
