import { setTimeout as sleep } from "node:timers/promises";
import type { Prediction } from "../../../shared/schemas/prediction.ts";
import { sendOnce } from "../load.ts";

export interface Answer {
  /** When it was due to be sent, in milliseconds since 1970. */
  dueMs: number;
  /** From then to its end: a late start counts, as it does for a client that waits. */
  tookMs: number;
  /** Version of the model that made it. */
  version: string;
}

export interface ConstantLoad {
  /** Oldest first. */
  answers: Answer[];
  failures: unknown[];
  stop(): Promise<void>;
}

/** Sends a photograph this many times per second, whether or not the answers before it have come. */
export function startConstantLoad(url: string, photograph: string, perSecond: number): ConstantLoad {
  const answers: Answer[] = [];
  const failures: unknown[] = [];
  const running = new Set<Promise<void>>();
  let isStopped = false;

  const ask = async (dueMs: number) => {
    try {
      const { model } = (await sendOnce(url, photograph)) as Prediction;
      answers.push({ dueMs, tookMs: Date.now() - dueMs, version: model.version });
    } catch (error) {
      failures.push(error);
    }
  };
  const sendAll = async () => {
    for (let dueMs = Date.now(); !isStopped; dueMs += 1000 / perSecond) {
      await sleep(Math.max(0, dueMs - Date.now()));
      const asked = ask(dueMs).finally(() => running.delete(asked));
      running.add(asked);
    }
  };
  const sending = sendAll();

  return {
    answers,
    failures,
    async stop() {
      isStopped = true;
      await sending;
      await Promise.all(running);
    },
  };
}
