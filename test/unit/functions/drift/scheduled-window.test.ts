import { expect, it } from "vitest";
import { chooseScheduledWindow } from "../../../../functions/drift/scheduled-window.ts";

const nowMs = Date.parse("2026-11-25T14:59:59.999Z");
const everything = { model_version: null, session: null, deployment: null };

it("the daily schedule's window is the 24 hours up to the last full hour", () => {
  const dayOf = (atMs: number) => chooseScheduledWindow({ window: "day" }, 100, atMs);
  const day = { from_ms: Date.parse("2026-11-24T14:00Z"), to_ms: Date.parse("2026-11-25T14:00Z") };
  expect(dayOf(nowMs)).toEqual({ count: null, ...day, ...everything });
  expect(dayOf(day.to_ms)).toMatchObject(day);
});

it.each([{}, { window: "week" }, { source: "aws.events" }, undefined, null])(
  "the window of any other event (%j) is the last predictions",
  (event) => {
    expect(chooseScheduledWindow(event, 80, nowMs)).toEqual({
      count: 80,
      from_ms: null,
      to_ms: null,
      ...everything,
    });
  },
);
