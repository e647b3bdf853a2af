import { describe, expect, it } from "vitest";
import { endSessions } from "../../../../shared/inference-log/totals/end-sessions.ts";
import {
  type EndedTotals,
  endedTotalsKey,
  readEndedTotals,
} from "../../../../shared/inference-log/totals/service-totals.ts";
import {
  readAllSessionTotals,
  type SessionTotalsObject,
  sessionTotalsKey,
} from "../../../../shared/inference-log/totals/session-totals.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nowMs = Date.UTC(2026, 10, 25, 14, 30);
const silentMs = nowMs - 2 * hourMs - 1;

const totalsAt = (predictions: number, atMs = nowMs): SessionTotalsObject => ({
  predictions,
  errors: 1,
  health_checks: 2,
  at_ms: atMs,
});

type Sessions = Record<string, SessionTotalsObject>;

function prepare(written: Sessions = {}, ended?: EndedTotals) {
  const store = createMemoryStore();
  const location = { store, bucket: "bucket", prefix: "eye/" };
  const write = (sessions: Sessions) => {
    for (const [id, totals] of Object.entries(sessions))
      store.objects.set(sessionTotalsKey("eye/", id), JSON.stringify(totals));
  };
  const writeEnded = (totals: EndedTotals) =>
    store.objects.set(endedTotalsKey("eye/"), JSON.stringify(totals));
  write(written);
  if (ended !== undefined) writeEnded(ended);
  return {
    store,
    write,
    writeEnded,
    end: (seen: Sessions = {}) => endSessions(location, new Map(Object.entries(seen)), nowMs),
    /** Something that happens right after a key was read. */
    afterRead(wanted: string, happen: () => void) {
      const { getObject } = store;
      store.getObject = async (bucket, key) => {
        const object = await getObject(bucket, key);
        if (key === wanted) happen();
        return object;
      };
    },
    async sessions(): Promise<Sessions> {
      const all = await readAllSessionTotals(location);
      return Object.fromEntries(all.map(({ sessionId, totals }) => [sessionId, totals]));
    },
    ended: async () => (await readEndedTotals(location)).ended,
  };
}

describe("a session's totals are written from its records", () => {
  it.each([
    ["where it has written none", {}, totalsAt(5)],
    ["where it has written fewer", { s: totalsAt(4, nowMs - 1) }, totalsAt(5)],
    ["but not where it has written as many", { s: totalsAt(5, nowMs - 1) }, totalsAt(5, nowMs - 1)],
    ["but not where it has written more", { s: totalsAt(6, nowMs - 1) }, totalsAt(6, nowMs - 1)],
  ])("%s", async (_where, written: Sessions, expected) => {
    const { end, sessions } = prepare(written);
    await end({ s: totalsAt(5) });
    expect(await sessions()).toEqual({ s: expected });
  });

  it.each([
    ["nothing", {}],
    ["fewer", { s: totalsAt(4) }],
  ])("but never over what it writes at that moment, after %s", async (_before, written: Sessions) => {
    const { write, end, sessions, afterRead } = prepare(written);
    let isFirst = true;
    afterRead(sessionTotalsKey("eye/", "s"), () => {
      if (isFirst) write({ s: totalsAt(7) });
      isFirst = false;
    });
    await end({ s: totalsAt(5) });
    expect(await sessions()).toEqual({ s: totalsAt(7) });
  });
});

describe("sessions end", () => {
  it("once they are silent for more than two hours", async () => {
    const others = { quiet: totalsAt(5, silentMs + 1), busy: totalsAt(6) };
    const { end, sessions, ended } = prepare({ over: totalsAt(4, silentMs), ...others });
    await end();
    expect(await sessions()).toEqual(others);
    expect(await ended()).toEqual({
      totals: { predictions: 4, errors: 1, health_checks: 2 },
      sessions: { over: totalsAt(4, silentMs) },
    });
  });

  it("with what they wrote since they were taken for ended, added to the totals so far", async () => {
    const { end, sessions, ended } = prepare(
      { again: totalsAt(9, silentMs), other: totalsAt(20, silentMs) },
      {
        totals: { predictions: 104, errors: 11, health_checks: 12 },
        sessions: { again: totalsAt(4, silentMs - hourMs) },
      },
    );
    await end();
    expect(await sessions()).toEqual({});
    expect(await ended()).toEqual({
      totals: { predictions: 129, errors: 12, health_checks: 14 },
      sessions: { again: totalsAt(9, silentMs), other: totalsAt(20, silentMs) },
    });
  });

  it("and are forgotten after 32 days, but not what they add to the totals", async () => {
    const kept = totalsAt(2, nowMs - 32 * dayMs + 1);
    const totals = { predictions: 3, errors: 2, health_checks: 4 };
    const sessions = { gone: totalsAt(1, nowMs - 32 * dayMs), kept };
    const { end, ended } = prepare({ over: totalsAt(4, silentMs) }, { totals, sessions });
    await end();
    expect(await ended()).toEqual({
      totals: { predictions: 7, errors: 3, health_checks: 6 },
      sessions: { kept, over: totalsAt(4, silentMs) },
    });
  });

  it("and are counted once, also when jobs of a backlog read their records one hour after the other", async () => {
    const { end, ended } = prepare({ over: totalsAt(9, silentMs) });
    for (const counted of [3, 6, 9]) {
      await end({ over: totalsAt(counted, silentMs - hourMs) });
      expect(await ended()).toEqual({
        totals: { predictions: 9, errors: 1, health_checks: 2 },
        sessions: { over: totalsAt(9, silentMs) },
      });
    }
  });

  it("without a write where none is over", async () => {
    const { store, end } = prepare({ busy: totalsAt(6) });
    await end();
    expect([...store.objects.keys()]).toEqual([sessionTotalsKey("eye/", "busy")]);
  });

  it.each([
    ["for the first time", undefined],
    ["again", { totals: { predictions: 100, errors: 0, health_checks: 0 }, sessions: {} }],
  ])("the next time, when another job changes the totals meanwhile %s", async (_when, before) => {
    const other = { totals: { predictions: 150, errors: 0, health_checks: 0 }, sessions: {} };
    const { end, sessions, ended, afterRead, writeEnded } = prepare({ over: totalsAt(4, silentMs) }, before);
    let isFirst = true;
    afterRead(endedTotalsKey("eye/"), () => {
      if (isFirst) writeEnded(other);
      isFirst = false;
    });
    await end();
    expect(await ended()).toEqual(other);
    expect(await sessions()).toEqual({ over: totalsAt(4, silentMs) });

    await end();
    expect((await ended()).totals).toEqual({ predictions: 154, errors: 1, health_checks: 2 });
    expect(await sessions()).toEqual({});
  });
});
