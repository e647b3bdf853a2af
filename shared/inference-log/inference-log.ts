import { setTimeout as sleep } from "node:timers/promises";
import { createReachability, type Reachability, type ReachabilityState } from "../resilience/reachability.ts";
import { waitAtMost } from "../resilience/wait-at-most.ts";
import type { InferenceLogRecord } from "../schemas/inference-record.ts";
import type { Log } from "../schemas/log.ts";
import { createLogBuffer, type LogBuffer } from "./log-buffer.ts";
import { createLogWriter } from "./log-writer.ts";
import type { LogSink } from "./sinks/log-sink.ts";

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

export interface InferenceLogState extends ReachabilityState {
  /** Records that the sink has not taken yet. */
  pending: number;
  /** Records dropped because the buffer was full, or not written when the log was closed. */
  dropped: number;
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
  const reachability = createReachability({ now, firstPauseMs, longestPauseMs });
  const reports = createReports({ buffer, reachability, log, pending: () => writer.pending() });
  const writer = createLogWriter({
    sink,
    buffer,
    reachability,
    onFailure: reports.failed,
    onSuccess: reports.succeeded,
  });
  let lost = 0;

  function addToBuffer(record: InferenceLogRecord): Promise<boolean> {
    const written = buffer.add(record);
    reports.added();
    return written;
  }

  // In the init phase, so that the first request does not wait for it. If it fails, the first write says so.
  sink.warm().catch(() => {});

  return {
    /** Queues a record without waiting: it is written with the next `append`, or by `drain`. */
    add(record: InferenceLogRecord): void {
      void addToBuffer(record);
    },

    /** Resolves to true once the sink has taken the record, to false when the wait is over. Never rejects. */
    async append(record: InferenceLogRecord): Promise<boolean> {
      let isWritten = false;
      const written = addToBuffer(record).then((result) => {
        isWritten = result;
      });
      void writer.start();
      if (reachability.isOpen()) return false;
      if (!(await waitAtMost(written, timeoutMs)) && !reachability.isOpen()) {
        reports.failed(new Error(`The inference log took longer than ${timeoutMs} ms`));
      }
      return isWritten;
    },

    /**
     * Writes what waits, for at most the given milliseconds. If the sink fails or has just failed, tries once more when
     * its pause is over, provided that there is time: Lambda may freeze the process afterwards, and the timer that would
     * try with it. `force` also tries at once.
     */
    async drain({ withinMs, force = false }: { withinMs: number; force?: boolean }): Promise<void> {
      const endMs = now() + withinMs;
      if (force) writer.startNow();
      if (!(await waitAtMost(writer.start(), withinMs)) || writer.pending() === 0) return;
      const pauseMs = reachability.pauseMs();
      if (now() + pauseMs >= endMs) return;
      await sleep(pauseMs);
      writer.startNow();
      await waitAtMost(writer.start(), endMs - now());
    },

    state: (): InferenceLogState => ({
      ...reachability.state(),
      pending: writer.pending(),
      dropped: buffer.dropped() + lost,
    }),

    /** Stops trying again: what still waits is lost. Call it once, at the end. */
    close(): void {
      writer.close();
      lost = writer.pending();
      if (lost > 0)
        log.error("Records are lost: this environment ended before they could be written", { lost });
    },
  };
}

interface ReportOptions {
  buffer: LogBuffer;
  reachability: Reachability;
  log: Log;
  /** Records that the sink has not taken yet. */
  pending(): number;
}

/** Says in the log once, not for each record, that the sink fails, that records are lost, and that both are over. */
function createReports({ buffer, reachability, log, pending }: ReportOptions) {
  let knownDropped = 0;
  let isDropping = false;

  return {
    /** To be called after each record that was added to the buffer. */
    added(): void {
      const dropped = buffer.dropped();
      // As many as come may be given up until the sink takes them again.
      if (dropped > knownDropped && !isDropping) {
        isDropping = true;
        log.error("Records are lost: too many wait in memory, and the oldest are given up", { dropped });
      }
      knownDropped = dropped;
    },

    failed(error: unknown): void {
      buffer.releaseWaiters();
      if (reachability.fail(error))
        log.warn("The inference log cannot be written; records wait in memory", {
          error,
          pending: pending(),
        });
    },

    succeeded(): void {
      isDropping = false;
      if (!reachability.succeed()) return;
      const counts = { pending: pending(), dropped: buffer.dropped() };
      log.info("The inference log can be written again", counts);
    },
  };
}
