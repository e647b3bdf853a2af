import { randomUUID } from "node:crypto";
import { createSession } from "../../shared/tracking/session.ts";

export const testStartMs = Date.UTC(2026, 10, 25, 14, 30);

/** A session whose clock goes on by a millisecond each time it is looked at. */
export function createTestSession(startMs = testStartMs) {
  let timeMs = startMs;
  return createSession({
    functionName: "predict",
    apiVersion: "1.2.3",
    environment: "test",
    now: () => timeMs++,
    createId: randomUUID,
  });
}
