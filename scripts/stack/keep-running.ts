import { setTimeout as wait } from "node:timers/promises";
import type { Service } from "./service.ts";

const maximumRestarts = 3;
const withinMs = 10 * 60_000;
const pauseMs = 1_000;

export interface KeeperOptions {
  /** Told what happens, a sentence each. */
  say: (message: string) => void;
  /** Whether servers can write; while they cannot, none is started. Default: always. */
  hasRoom?: () => boolean;
  /** Between an end and the next start. */
  pauseMs?: number;
}

/**
 * Starts servers of the stack again that ended by themselves, each at most three times in ten minutes: a server that ends
 * again and again has a reason that its log names.
 */
export function createKeeper({ say, hasRoom = () => true, pauseMs: betweenMs = pauseMs }: KeeperOptions) {
  const restartsMs = new Map<string, number[]>();
  let isStopped = false;

  async function restart(name: string, service: Service, message: string): Promise<void> {
    const recent = (restartsMs.get(name) ?? []).filter((atMs) => Date.now() - atMs < withinMs);
    if (isStopped) return;
    if (recent.length === maximumRestarts)
      return say(
        `${message} It has ended ${maximumRestarts + 1} times within ten minutes, so it stays down. Once its log has shown you why: npm stop, then npm start.`,
      );
    await waitForRoom(message);
    if (isStopped) return;
    say(`${message} Starting it again.`);
    restartsMs.set(name, [...recent, Date.now()]);
    await wait(betweenMs);
    if (isStopped) return;
    try {
      await service.start();
      say(`${name} runs again.`);
    } catch (error) {
      if (isStopped) return;
      await restart(name, service, error instanceof Error ? error.message : String(error));
    }
  }

  async function waitForRoom(message: string): Promise<void> {
    if (hasRoom()) return;
    say(`${message} The disk is full: it is started again once there is room.`);
    while (!(isStopped || hasRoom())) await wait(betweenMs);
  }

  return {
    /** To be called when a server has ended by itself. */
    async hasEnded(name: string, service: Service, message: string): Promise<void> {
      if (isStopped) return;
      await restart(name, service, message);
    },

    /** From now on an end is wanted. */
    stop(): void {
      isStopped = true;
    },
  };
}
