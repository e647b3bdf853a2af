import { afterAll, vi } from "vitest";

const listeners = process.listeners("SIGTERM");

// Files of unit tests share processes, because starting one takes longer than most of the files: each leaves the clock, the
// environment and the functions of its process as it found them, and nothing in it that waits for the end of the process.
afterAll(() => {
  vi.restoreAllMocks(); // first, because a spy on a timer may hold one that is not real
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const listener of process.listeners("SIGTERM"))
    if (!listeners.includes(listener)) process.removeListener("SIGTERM", listener);
});
