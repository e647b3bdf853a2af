import { setTimeout as wait } from "node:timers/promises";
import type { Service } from "./service.ts";

const maximumRestarts = 3;
const withinMs = 10 * 60_000;
const pauseMs = 1_000;

export interface KeeperOptions {
  /** Told what happens, one sentence per event. */
  say: (message: string) => void;
  /** Whether the disk has room; without room no server is started. Default: always. */
  hasRoom?: () => boolean;
  /** Pause between a server's end and its next start. */
  pauseMs?: number;
}

/**
 * Restarts servers of the stack that ended by themselves, each at most three times within ten minutes: the log of a server that
 * keeps ending says why.
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
    /** Call it when a server has ended by itself. */
    async hasEnded(name: string, service: Service, message: string): Promise<void> {
      if (isStopped) return;
      await restart(name, service, message);
    },

    /** Call it before stopping the servers: from then on none is restarted. */
    stop(): void {
      isStopped = true;
    },
  };
}
