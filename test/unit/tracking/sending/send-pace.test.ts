import { describe, expect, it } from "vitest";
import { createSendPace } from "../../../../shared/tracking/sending/send-pace.ts";
import { createTestSession, testStartMs } from "../../../support/test-session.ts";
import { createPredictionEvent } from "../../../support/tracking-events.ts";

const lambdaPace = {
  holdMs: 5_000,
  restMs: 0,
  maximumTimeShare: 0.01,
  aggregateAbovePerMinute: Number.POSITIVE_INFINITY,
};
const record = createTestSession().recordPrediction(createPredictionEvent());

/**
 * Sessions that begin within five minutes and predict every two seconds, and a server that does one call at a time.
 *
 * @returns the mean number of calls that the server had at once, and the mean milliseconds of a call, once things are steady
 */
function simulate({ sessions = 1_000, callMs = 28, maximumTimeShare = 0.01, minutes = 16 }) {
  const predictEveryMs = 2_000;
  const timeoutMs = 3_000;
  let seed = 1;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const pace = { ...lambdaPace, maximumTimeShare, random };
  const paces = Array.from({ length: sessions }, () => createSendPace(pace));
  const waiting = paces.map(() => [] as (typeof record)[]);
  const busyUntilMs = paces.map(() => 0);
  let serverFreeMs = testStartMs;
  let callTimeMs = 0;
  let calls = 0;
  const endMs = testStartMs + minutes * 60_000;
  const steadyMs = testStartMs + (minutes * 60_000) / 2;
  for (let nowMs = testStartMs; nowMs < endMs; nowMs += 10) {
    for (let index = (nowMs / 10) % 200; index < sessions; index += predictEveryMs / 10) {
      if (nowMs < testStartMs + (index / sessions) * 300_000) continue;
      const queue = waiting[index] ?? [];
      queue.push({ ...record, timestamp_ms: nowMs });
      if (nowMs < (busyUntilMs[index] ?? 0) || paces[index]?.waitMs(queue, testStartMs, nowMs) !== 0)
        continue;
      serverFreeMs = Math.max(serverFreeMs, nowMs) + callMs;
      // The server finishes what its client no longer waits for.
      const tookMs = Math.min(serverFreeMs - nowMs, timeoutMs);
      paces[index]?.noteSending(tookMs, nowMs + tookMs);
      busyUntilMs[index] = nowMs + tookMs;
      if (tookMs < timeoutMs) waiting[index] = [];
      if (nowMs < steadyMs) continue;
      callTimeMs += serverFreeMs - nowMs;
      calls += 1;
    }
  }
  return { callsAtOnce: callTimeMs / (endMs - steadyMs), meanCallMs: callTimeMs / calls };
}

describe("send pace", () => {
  it("lets 1,000 sessions have no more calls under way than their share of time says, however slow MLflow is", () => {
    for (const callMs of [28, 280]) {
      const { callsAtOnce, meanCallMs } = simulate({ callMs });
      expect(callsAtOnce).toBeLessThan(15);
      expect(meanCallMs).toBeLessThan(callMs * 15);
    }
  });

  it("would let them drown the server without it", () => {
    expect(simulate({ maximumTimeShare: 1, callMs: 280 }).callsAtOnce).toBeGreaterThan(200);
  });

  it("sends what has waited long enough, and rests in proportion to what a sending took", () => {
    const pace = createSendPace({ ...lambdaPace, random: () => 0 });
    const sentMs = record.timestamp_ms;
    expect(pace.waitMs([record], testStartMs, sentMs)).toBe(5_000);
    expect(pace.waitMs([record], testStartMs, sentMs + 5_000)).toBe(0);

    pace.noteSending(200, sentMs);
    expect(pace.waitMs([record], testStartMs, sentMs + 5_000)).toBe(15_000);
    pace.noteSending(60_000, sentMs);
    expect(pace.waitMs([record], testStartMs, sentMs)).toBe(900_000);
  });

  it("sends a crowded minute at a moment of the next one that is the session's own", () => {
    const minuteMs = 60_000;
    const session = createTestSession(testStartMs + minuteMs / 2);
    const crowd = Array.from({ length: 20 }, () => session.recordPrediction(createPredictionEvent()));
    for (const share of [0, 0.25, 0.75]) {
      const pace = createSendPace({ ...lambdaPace, aggregateAbovePerMinute: 60, random: () => share });
      expect(pace.waitMs(crowd, testStartMs + minuteMs / 2, testStartMs + minuteMs)).toBe(share * minuteMs);
    }
  });

  it("does not wait when the clock was set back", () => {
    const pace = createSendPace({ ...lambdaPace, random: () => 0 });
    pace.noteSending(200, record.timestamp_ms);
    expect(pace.waitMs([record], testStartMs, record.timestamp_ms - 3_600_000)).toBe(0);
  });
});
