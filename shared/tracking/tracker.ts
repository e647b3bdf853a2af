import { randomUUID } from "node:crypto";
import type { ObjectStore } from "../aws/object-store.ts";
import {
  createInferenceLog,
  type InferenceLog,
  type InferenceLogState,
} from "../inference-log/inference-log.ts";
import type { LogSink } from "../inference-log/sinks/log-sink.ts";
import { createS3Sink } from "../inference-log/sinks/s3-sink.ts";
import { createTotalsNote } from "../inference-log/totals/totals-note.ts";
import type { MlflowClient } from "../mlflow/index.ts";
import { waitAtMost } from "../resilience/wait-at-most.ts";
import type { InferenceLogRecord } from "../schemas/inference-record.ts";
import type { Log } from "../schemas/log.ts";
import { createSessionRunWriter, type SessionRunState } from "./sending/run-writer.ts";
import type { SendPaceOptions } from "./sending/send-pace.ts";
import {
  createSession,
  type ErrorEvent,
  type HealthEvent,
  type ModelLoadEvent,
  type PredictionEvent,
  type ShadowEvent,
} from "./session.ts";

/** Lambda gives a process 500 ms after SIGTERM; the rest is for saying what was lost, and for its exit. */
const closeWithinMs = 400;
const flushWithinMs = 5_000;
const defaultPace: SendPaceOptions = {
  holdMs: 0,
  restMs: 1_000,
  maximumTimeShare: 1,
  aggregateAbovePerMinute: Number.POSITIVE_INFINITY,
};

export interface TrackerOptions {
  service: { functionName: string; environment: string; experimentName: string };
  /** Version of this service. */
  apiVersion: string;
  /** Absent: nothing is written to MLflow. */
  mlflow?: MlflowClient | undefined;
  /** Absent: records go to MLflow only. */
  inferenceLog?:
    | {
        store: Pick<ObjectStore, "putObject" | "warm">;
        bucket: string;
        prefix: string;
        timeoutMs: number;
        /** Where records are written; default: the bucket itself. */
        sink?: LogSink | undefined;
      }
    | undefined;
  log: Log;
  /**
   * When records go to MLflow. Default: at once, but not within a second of the last sending, nor within one to two
   * times the time that it took.
   */
  pace?: Partial<SendPaceOptions>;
  /** Whether the process runs on between two events, as it does everywhere but on Lambda; default true. */
  sendsByItself?: boolean;
  /** Milliseconds since 1970. */
  now?: () => number;
  createId?: () => string;
}

export interface TrackerState {
  session: { id: string; name: string };
  mlflow: SessionRunState;
  inference_log: Omit<InferenceLogState, "status"> & { status: InferenceLogState["status"] | "off" };
}

/** Records what a function does: durably in the inference log, visibly in MLflow. */
export type Tracker = ReturnType<typeof createTracker>;

/**
 * One tracker is one session: create it once per execution environment.
 *
 * `trackPrediction` and `trackError` resolve when the sink has the record, or after at most the log's `timeoutMs` when it
 * is slow; while it is down they resolve at once. `trackHealthCheck`, `trackModelLoad` and `trackShadow` never wait: their
 * records are written with the next prediction or error, or by `flush`. None of them waits for MLflow: only
 * `flush` and `close` write to it. No function rejects.
 *
 * @example
 * await tracker.trackPrediction({ request_id, prediction_id, model, predicted_class, ... });
 * // after the response has left
 * await tracker.flush();
 */
export function createTracker(options: TrackerOptions) {
  const { service, apiVersion, mlflow, log, now = Date.now, createId = randomUUID } = options;
  const session = createSession({ ...service, apiVersion, now, createId });
  const inferenceLog =
    options.inferenceLog && openInferenceLog(options.inferenceLog, session.id, { log, now });
  const totals =
    options.inferenceLog &&
    createTotalsNote({ location: options.inferenceLog, sessionId: session.id, log, now });
  const run =
    mlflow &&
    createSessionRunWriter({
      client: mlflow,
      experimentName: service.experimentName,
      sessionStartedMs: session.startedMs,
      pace: { ...defaultPace, ...options.pace },
      sendsByItself: options.sendsByItself ?? true,
      log,
      now,
    });

  async function keep<R extends InferenceLogRecord>(record: R, { wait }: { wait: boolean }): Promise<R> {
    run?.add(record);
    totals?.add(record);
    if (wait) await inferenceLog?.append(record);
    else inferenceLog?.add(record);
    return record;
  }

  return {
    trackPrediction: (event: PredictionEvent) => keep(session.recordPrediction(event), { wait: true }),

    trackError: (event: ErrorEvent) => keep(session.recordError(event), { wait: true }),

    trackHealthCheck: (event: HealthEvent) => keep(session.recordHealthCheck(event), { wait: false }),

    trackModelLoad: (event: ModelLoadEvent) => keep(session.recordModelLoad(event), { wait: false }),

    trackShadow: (event: ShadowEvent) => keep(session.recordShadow(event), { wait: false }),

    /**
     * Writes what is pending to the inference log and the session's totals and, when the pace allows, to MLflow. Call
     * it after the response has left. What the pace puts off is sent by itself where the process runs on between two
     * events, otherwise by a later `flush` or by `close`.
     */
    async flush({ withinMs = flushWithinMs }: { withinMs?: number } = {}): Promise<void> {
      const work = [inferenceLog?.drain({ withinMs }), totals?.write(), run?.flush({ withinMs })];
      await waitAtMost(Promise.all(work), withinMs);
    },

    /**
     * Writes what is pending and ends the session's run, by default within the 500 ms that Lambda gives after SIGTERM.
     * Call it once, at the end.
     */
    async close({ withinMs = closeWithinMs }: { withinMs?: number } = {}): Promise<void> {
      const written = inferenceLog?.drain({ withinMs, force: true });
      await waitAtMost(
        Promise.all([written, totals?.write({ force: true }), run?.finish(withinMs)]),
        withinMs,
      );
      inferenceLog?.close();
    },

    state(): TrackerState {
      const nothing = { status: "off", pending: 0, dropped: 0 } as const;
      return {
        session: { id: session.id, name: session.name },
        mlflow: run?.state() ?? { ...nothing, refused: 0 },
        inference_log: inferenceLog?.state() ?? nothing,
      };
    },
  };
}

function openInferenceLog(
  location: NonNullable<TrackerOptions["inferenceLog"]>,
  sessionId: string,
  { log, now }: { log: Log; now: () => number },
): InferenceLog {
  const { prefix, timeoutMs, sink = createS3Sink(location) } = location;
  return createInferenceLog({ sink, prefix, sessionId, timeoutMs, log, now });
}
