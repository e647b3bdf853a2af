import { afterAll, vi } from "vitest";

// Files of unit tests share processes, because starting one takes longer than most of the files: each leaves the clock, the
// environment and the functions of its process as it found them.
afterAll(() => {
  vi.restoreAllMocks(); // first, because a spy on a timer may hold one that is not real
  vi.useRealTimers();
  vi.unstubAllEnvs();
});
