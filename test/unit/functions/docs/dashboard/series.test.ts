import { expect, test } from "vitest";
import { axisOf, listSeries } from "../../../../../functions/docs/browser/dashboard/series.ts";
import type { DashboardHour } from "../../../../../shared/schemas/dashboard.ts";

const hourOf = (start: string, classes: Record<string, number>): DashboardHour => ({
  start,
  predictions: 1,
  classes,
  versions: {},
  decisions: {},
  mean_confidence: 80,
  mean_inference_time_ms: 10,
  longest_inference_time_ms: 20,
});
const start = "2026-11-29T21:00:00.000Z";
const coloursOf = (counts: Record<string, number>) =>
  Object.fromEntries(
    listSeries([hourOf(start, counts)], ({ classes }) => classes).map(({ key, colour }) => [key, colour]),
  );

test("the axis has the whole of the hour that is not over", () => {
  const of = { from: "2026-11-22T21:02:00.000Z", to: "2026-11-29T21:02:00.000Z" };
  expect(axisOf({ ...of, hours: [hourOf(start, {})] })).toEqual({
    fromMs: Date.parse("2026-11-28T22:00:00.000Z"),
    toMs: Date.parse("2026-11-29T22:00:00.000Z"),
  });
  expect(axisOf({ ...of, hours: [hourOf("2026-11-22T21:00:00.000Z", {})] }).fromMs).toBe(
    Date.parse("2026-11-22T21:00:00.000Z"),
  );
});

test("a key keeps its colour whatever its rank, and whatever else is drawn", () => {
  const all = coloursOf({ normal: 50, glaucoma: 30, diabetic_retinopathy: 15, cataract: 5 });
  expect(new Set(Object.values(all)).size).toBe(4);
  expect(coloursOf({ glaucoma: 40, normal: 20 })).toEqual({ glaucoma: all.glaucoma, normal: all.normal });
  const versions = coloursOf({ "m/1": 50, "m/2": 10 });
  expect(coloursOf({ "m/2": 90, "m/3": 5 })["m/2"]).toBe(versions["m/2"]);
  expect(coloursOf({ uncertain: 9, confident: 1 })).toEqual({ confident: 0, uncertain: 1 });
});

test("keys that prefer one colour get two", () => {
  const { "a/1": a, "b/1": b } = coloursOf({ "a/1": 1, "b/1": 1 });
  expect(a).not.toBe(b);
});
