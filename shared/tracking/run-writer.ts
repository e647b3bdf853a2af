import { type MlflowClient, updateRun } from "../mlflow/index.ts";
import { createCircuitBreaker } from "../resilience/circuit-breaker.ts";
import { waitAtMost } from "../resilience/wait-at-most.ts";
import type { InferenceLogRecord } from "../schemas/inference-record.ts";
import type { Log } from "../schemas/log.ts";
import { groupRecords, type RecordGroup } from "./group-records.ts";
import { createOpenRun } from "./open-run.ts";
import { createSendPace, type SendPaceOptions } from "./send-pace.ts";
import { countBatch, sendRecords } from "./send-records.ts";

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** Records that may wait for MLflow; beyond that the oldest are left to reconciliation, which has them in the log. */
const maximumPending = 5_000;
/** More records than one log-batch can hold. */
const maximumBatch = 1_000;
const backgroundSendMs = 5_000;

export interface SessionRunOptions {
  client: MlflowClient;
  experimentName: string;
  sessionStartedMs: number;
  /** When records go: what comes in between goes together. */
  pace: SendPaceOptions;
  /** Whether the process goes on between two events: what waits then goes by itself, else with a later `flush`. */
  sendsByItself: boolean;
  log: Log;
  now: () => number;
}

export interface SessionRunState {
  status: "unknown" | "reachable" | "unreachable" | "off";
  /** Records not in MLflow yet. */
  pending: number;
  /** Records no longer kept for sending: they are in the inference log, if there is one. */
  dropped: number;
  /** Records that MLflow refused for good. */
  refused: number;
  lastError?: string;
}

export type SessionRun = ReturnType<typeof createSessionRunWriter>;

/** Writes a session's records to its MLflow run, which is created with the first of them. Nothing here throws. */
export function createSessionRunWriter(options: SessionRunOptions) {
  const { client, sendsByItself, log, now } = options;
  const run = createOpenRun(options);
  const breaker = createCircuitBreaker({ now, firstPauseMs, longestPauseMs });
  const pace = createSendPace(options.pace);
  let queue: InferenceLogRecord[] = [];
  /** Kept until it is sent: a window that was sent without our knowing is sent again as the same window. */
  let batch: readonly RecordGroup[] = [];
  let sentUpToMs = options.sessionStartedMs;
  let dropped = 0;
  let refused = 0;
  let hasSent = false;
  let lastError: string | undefined;
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const waitMs = () => Math.max(pace.waitMs(queue, sentUpToMs, now()), breaker.pauseMs());

  /** Sends what waits now; what comes meanwhile goes together the next time. */
  async function sendWaiting(untilMs: number): Promise<void> {
    const last = queue.at(-1);
    const startedMs = performance.now();
    try {
      while (last !== undefined && queue.includes(last) && now() < untilMs) await sendBatch();
    } catch (error) {
      reportFailure(error);
    } finally {
      sending = undefined;
      pace.noteSending(performance.now() - startedMs, now());
      if (queue.length > 0) sendLater();
    }
  }

  function sendLater(): void {
    clearTimeout(timer);
    if (!sendsByItself) return;
    timer = setTimeout(() => void flush({ withinMs: backgroundSendMs }), waitMs());
    timer.unref();
  }

  function takeBatch(): readonly RecordGroup[] {
    const { aggregateAbovePerMinute } = options.pace;
    const groups = groupRecords(queue.slice(0, maximumBatch), {
      aggregateAbovePerMinute,
      sinceMs: sentUpToMs,
    });
    return groups.slice(0, countBatch(groups));
  }

  async function sendBatch(): Promise<void> {
    if (batch.length === 0) batch = takeBatch();
    const records = batch.flat();
    const id = await run.ensure(records[0] as InferenceLogRecord);
    const refusals = await sendRecords(client, id, batch);
    const sent = new Set(records);
    queue = queue.filter((record) => !sent.has(record));
    sentUpToMs = records.reduce((newest, { timestamp_ms }) => Math.max(newest, timestamp_ms), sentUpToMs);
    batch = [];
    refused += refusals.length;
    for (const { record, reason } of refusals) {
      log.warn("MLflow refused a record", { record_id: record.record_id, kind: record.kind, reason });
    }
    reportSuccess();
  }

  function reportFailure(error: unknown): void {
    run.noteFailure(error);
    lastError = error instanceof Error ? error.message : String(error);
    if (breaker.fail()) {
      log.warn("MLflow cannot be written; records wait", { error, pending: queue.length });
    }
  }

  function reportSuccess(): void {
    hasSent = true;
    run.noteWritten();
    if (breaker.succeed()) log.info("MLflow can be written again", { pending: queue.length });
  }

  async function flush({ withinMs, force = false }: { withinMs: number; force?: boolean }): Promise<void> {
    if (queue.length > 0 && sending === undefined) {
      if (force || waitMs() === 0) sending = sendWaiting(now() + withinMs);
      else sendLater();
    }
    await waitAtMost(sending ?? Promise.resolve(), withinMs);
  }

  async function sendRemaining(untilMs: number): Promise<void> {
    let before = Number.POSITIVE_INFINITY;
    while (queue.length > 0 && queue.length < before && now() < untilMs) {
      before = queue.length;
      await flush({ withinMs: untilMs - now(), force: true });
    }
  }

  return {
    add(record: InferenceLogRecord): void {
      queue.push(record);
      if (queue.length > maximumPending) {
        queue.shift();
        dropped += 1;
      }
    },

    /**
     * Sends what waits, for at most the given milliseconds, unless the last sending was a moment ago or failed: then
     * it is left for later. `force` sends in any case.
     */
    flush,

    /** Sends what waits and ends the run, within the given milliseconds. */
    async finish(withinMs: number): Promise<void> {
      await sendRemaining(now() + withinMs / 2);
      clearTimeout(timer);
      const runId = run.id();
      if (runId === undefined) return;
      const ended = updateRun(client, { run_id: runId, status: "FINISHED", end_time: now() });
      await waitAtMost(ended.catch(reportFailure), withinMs / 2);
    },

    state(): SessionRunState {
      const status = breaker.isOpen() ? "unreachable" : hasSent ? "reachable" : "unknown";
      return {
        status,
        pending: queue.length,
        dropped,
        refused,
        ...(status === "unreachable" && lastError !== undefined ? { lastError } : {}),
      };
    },
  };
}
