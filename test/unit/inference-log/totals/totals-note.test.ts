import { expect, it } from "vitest";
import { sessionTotalsKey, totalsOf } from "../../../../shared/inference-log/totals/session-totals.ts";
import { createTotalsNote } from "../../../../shared/inference-log/totals/totals-note.ts";
import { createPredictionRecord } from "../../../support/prediction-records.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";

function createNote() {
  const written: { bucket: string; key: string; body: unknown; options: unknown }[] = [];
  const state = { nowMs: 1_000_000, isBroken: false };
  const log = createRecordedLog();
  const note = createTotalsNote({
    location: {
      store: {
        async putObject(bucket, key, body, options) {
          if (state.isBroken) throw new Error("S3 is away");
          written.push({ bucket, key, body: JSON.parse(String(body)), options });
          return "etag";
        },
      },
      bucket: "log",
      prefix: "eye/",
    },
    sessionId: "s1",
    log,
    now: () => state.nowMs,
  });
  return { note, written, state, log };
}

it("writes the totals of the newest record, once per half a minute and record", async () => {
  const { note, written, state } = createNote();
  await note.write({ force: true });
  expect(written).toEqual([]);
  const [first, second] = [createPredictionRecord(1), createPredictionRecord(2)];
  note.add(first);
  await note.write();
  expect(written).toEqual([
    {
      bucket: "log",
      key: sessionTotalsKey("eye/", "s1"),
      body: JSON.parse(JSON.stringify(totalsOf(first))),
      options: { contentType: "application/json", timeoutMs: 5_000 },
    },
  ]);
  state.nowMs += 30_000;
  await note.write({ force: true });
  expect(written).toHaveLength(1); // nothing new
  note.add(second);
  await note.write();
  state.nowMs += 29_999;
  note.add(first);
  await note.write();
  expect(written).toHaveLength(2);
  state.nowMs += 1;
  await note.write();
  expect(written).toHaveLength(3);
  note.add(second);
  await note.write({ force: true });
  expect(written).toHaveLength(4);
});

it("rests after a failure too, and then writes what is missing", async () => {
  const { note, written, state } = createNote();
  note.add(createPredictionRecord(1));
  state.isBroken = true;
  await note.write();
  state.isBroken = false;
  await note.write();
  expect(written).toEqual([]);
  state.nowMs += 30_000;
  await note.write();
  expect(written).toHaveLength(1);
});

it("says once, and once more after a success, that the totals cannot be written", async () => {
  const { note, state, log } = createNote();
  for (const isBroken of [true, true, false, true]) {
    state.isBroken = isBroken;
    note.add(createPredictionRecord(1));
    await note.write({ force: true });
  }
  const line = {
    level: "warn",
    message: "The totals of this environment cannot be written",
    details: { error: new Error("S3 is away") },
  };
  expect(log.lines).toEqual([line, line]);
});
