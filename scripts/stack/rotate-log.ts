import { copyFileSync, statSync, truncateSync } from "node:fs";

const maximumBytes = 20 * 1024 * 1024;
const checkMs = 60_000;

/**
 * Keeps a log from growing without end: what is longer than 20 MB goes to the file with `.previous`, whose content is
 * replaced. The program that writes has the file open for appending, so it is emptied in its place.
 */
export function rotateLog(file: string, limitBytes = maximumBytes): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= limitBytes) return;
  copyFileSync(file, `${file}.previous`);
  truncateSync(file);
}

/** Rotates a log again and again. Returns what ends that. */
export function rotateRegularly(file: string): () => void {
  const timer = setInterval(() => {
    try {
      rotateLog(file);
    } catch {
      // A full disk: what the server has to say is worth more than a tidy log.
    }
  }, checkMs);
  timer.unref();
  return () => clearInterval(timer);
}
