import { setTimeout as wait } from "node:timers/promises";
import type { Service } from "./service.ts";

const maximumRestarts = 3;
const withinMs = 10 * 60_000;
const pauseMs = 1_000;

export interface KeeperOptions {
  /** Told what happens, a sentence each. */
  say: (message: string) => void;
  /** Between an end and the next start. */
  pauseMs?: number;
}

/**
 * Starts servers of the stack again that ended by themselves, each at most three times in ten minutes: a server that ends
 * again and again has a reason that its log names.
 */
export function createKeeper({ say, pauseMs: betweenMs = pauseMs }: KeeperOptions) {
  const restartsMs = new Map<string, number[]>();
  let isStopped = false;

  async function restart(name: string, service: Service): Promise<void> {
    const recent = (restartsMs.get(name) ?? []).filter((atMs) => Date.now() - atMs < withinMs);
    if (isStopped) return;
    if (recent.length === maximumRestarts)
      return say(
        `${name} ended ${maximumRestarts + 1} times in ten minutes and stays down. Its log says why.`,
      );
    restartsMs.set(name, [...recent, Date.now()]);
    await wait(betweenMs);
    if (isStopped) return;
    try {
      await service.start();
      say(`${name} runs again.`);
    } catch (error) {
      if (isStopped) return;
      say(error instanceof Error ? error.message : String(error));
      await restart(name, service);
    }
  }

  return {
    /** To be called when a server has ended by itself. */
    async hasEnded(name: string, service: Service, message: string): Promise<void> {
      if (isStopped) return;
      say(`${message} It is started again.`);
      await restart(name, service);
    },

    /** From now on an end is wanted. */
    stop(): void {
      isStopped = true;
    },
  };
}
