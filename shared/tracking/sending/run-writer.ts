import { type MlflowClient, updateRun } from "../../mlflow/index.ts";
import { createReachability, type ReachabilityState } from "../../resilience/reachability.ts";
import { waitAtMost } from "../../resilience/wait-at-most.ts";
import type { Log } from "../../schemas/log.ts";
import { createBatchSender } from "./batch-sender.ts";
import { createOpenRun } from "./open-run.ts";
import { createRecordQueue } from "./record-queue.ts";
import { createSendPace, type SendPaceOptions } from "./send-pace.ts";

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
const backgroundSendMs = 5_000;

export interface SessionRunOptions {
  client: MlflowClient;
  experimentName: string;
  sessionStartedMs: number;
  /** When records are sent; those that come in between are sent together. */
  pace: SendPaceOptions;
  /** Whether the process runs on between two events: then what waits is sent by itself, otherwise by a later `flush`. */
  sendsByItself: boolean;
  log: Log;
  now: () => number;
}

export interface SessionRunState {
  status: ReachabilityState["status"] | "off";
  /** Records not in MLflow yet. */
  pending: number;
  /** Records that are no longer kept for sending; they are in the inference log, if there is one. */
  dropped: number;
  /** Records that MLflow refused for good. */
  refused: number;
  lastError?: string;
  /** Present while MLflow responds with 403: the account may not write the experiment. */
  denied?: true;
}

/** Writes a session's records to its MLflow run, which is created with the first record. Nothing here throws. */
export function createSessionRunWriter(options: SessionRunOptions) {
  const { client, sessionStartedMs, sendsByItself, log, now } = options;
  const { aggregateAbovePerMinute } = options.pace;
  const run = createOpenRun(options);
  const reachability = createReachability({ now, firstPauseMs, longestPauseMs });
  const pace = createSendPace(options.pace);
  const queue = createRecordQueue({ aggregateAbovePerMinute, sessionStartedMs });
  const sender = createBatchSender({ client, run, queue, reachability, log });
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const pending = () => queue.waiting().length;
  const waitMs = () =>
    Math.max(pace.waitMs(queue.waiting(), queue.sentUpToMs(), now()), reachability.pauseMs());

  /** Sends what waits now and is before `endMs`; records that come meanwhile are sent the next time. */
  async function sendWaiting(untilMs: number, endMs: number): Promise<void> {
    const last = queue.waiting().findLast(({ timestamp_ms }) => timestamp_ms < endMs);
    const startedMs = performance.now();
    try {
      while (last !== undefined && queue.waiting().includes(last) && now() < untilMs)
        await sender.send(endMs);
    } catch (error) {
      sender.reportFailure(error);
    } finally {
      pace.noteSending(performance.now() - startedMs, now());
      if (pending() > 0) sendLater();
    }
  }

  function sendLater(): void {
    clearTimeout(timer);
    if (!sendsByItself) return;
    timer = setTimeout(() => void flush({ withinMs: backgroundSendMs }), waitMs());
    timer.unref();
  }

  async function flush({ withinMs, force = false }: { withinMs: number; force?: boolean }): Promise<void> {
    if (pending() > 0 && sending === undefined) {
      const endMs = force ? Number.POSITIVE_INFINITY : queue.endOfDueMs(now());
      if (force || waitMs() === 0)
        sending = sendWaiting(now() + withinMs, endMs).finally(() => {
          sending = undefined;
        });
      else sendLater();
    }
    await waitAtMost(sending ?? Promise.resolve(), withinMs);
  }

  async function sendRemaining(untilMs: number): Promise<void> {
    let before = Number.POSITIVE_INFINITY;
    while (pending() > 0 && pending() < before && now() < untilMs) {
      before = pending();
      await flush({ withinMs: untilMs - now(), force: true });
    }
  }

  return {
    add: queue.add,

    /**
     * Sends what waits, for at most the given milliseconds. It is left for later if the pace says so, or if the last
     * sending has just failed; `force` sends in any case.
     */
    flush,

    /** Sends what waits and ends the run, within the given milliseconds. */
    async finish(withinMs: number): Promise<void> {
      await sendRemaining(now() + withinMs / 2);
      clearTimeout(timer);
      const runId = run.id();
      if (runId === undefined) return;
      const ended = updateRun(client, { run_id: runId, status: "FINISHED", end_time: now() });
      await waitAtMost(ended.catch(sender.reportFailure), withinMs / 2);
    },

    state(): SessionRunState {
      const reached = reachability.state();
      return {
        ...reached,
        ...(sender.isDenied() && reached.status === "unreachable" && { denied: true as const }),
        pending: pending(),
        dropped: queue.dropped(),
        refused: sender.refused(),
      };
    },
  };
}
