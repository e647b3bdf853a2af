import { copyFileSync, statSync, truncateSync } from "node:fs";

const maximumBytes = 20 * 1024 * 1024;
const checkMs = 60_000;

/**
 * Keeps a log from growing without end: a log over 20 MB is moved to the file with `.previous`, replacing its content. The log
 * is copied and emptied, not renamed, because the program that writes it has it open.
 */
export function rotateLog(file: string, limitBytes = maximumBytes): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= limitBytes) return;
  copyFileSync(file, `${file}.previous`);
  truncateSync(file);
}

/** Rotates a log regularly. Returns a function that ends that. */
export function rotateRegularly(file: string): () => void {
  const timer = setInterval(() => {
    try {
      rotateLog(file);
    } catch {
      // For example on a full disk; the log then stays as it is.
    }
  }, checkMs);
  timer.unref();
  return () => clearInterval(timer);
}
