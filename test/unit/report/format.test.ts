import { describe, expect, it } from "vitest";
import {
  countOf,
  formatClass,
  formatDurationMs,
  formatFigure,
  formatIndicatorValue,
  formatPercent,
  formatShare,
  formatShortTime,
  formatTime,
} from "../../../shared/report/format.ts";

describe("format", () => {
  it("writes percents and shares", () => {
    expect(formatPercent(60)).toBe("60%");
    expect(formatPercent(59.996)).toBe("60%");
    expect(formatPercent(59.99)).toBe("59.99%");
    expect(formatShare(0.07)).toBe("7%");
    expect(formatShare(1 / 3)).toBe("33.33%");
  });

  it.each([
    [0, "0 ms"],
    [7.84, "7.8 ms"],
    [312.4, "312 ms"],
    [5000, "5 s"],
    [5010, "5.01 s"],
    [61_000, "61 s"],
  ])("writes %d ms as %s", (durationMs, text) => {
    expect(formatDurationMs(durationMs)).toBe(text);
  });

  it("writes a value by its unit", () => {
    expect(formatIndicatorValue(46.31, "percent")).toBe("46.31%");
    expect(formatIndicatorValue(0.31, "ratio")).toBe("31%");
    expect(formatIndicatorValue(8.2, "ms")).toBe("8.2 ms");
    expect(formatIndicatorValue(null, "ms")).toBe("–");
  });

  it("writes times in UTC, whatever the machine's time zone", () => {
    const timestampMs = Date.parse("2026-03-01T00:05:00+02:00");
    expect(formatTime(timestampMs)).toBe("2026-02-28 22:05 UTC");
    expect(formatShortTime(timestampMs)).toBe("28 Feb 22:05");
  });

  it("writes numbers, times and classes as Portuguese does", () => {
    expect(formatPercent(87.35, "pt")).toBe("87,35%");
    expect(formatDurationMs(5_010, "pt")).toBe("5,01 s");
    expect(formatIndicatorValue(0.315, "ratio", "pt")).toBe("31,5%");
    expect(formatFigure(0.1234, "none", "pt")).toBe("0,123");
    expect(formatTime(Date.UTC(2026, 11, 24, 10, 5), "pt")).toBe("24/12/2026 10:05 UTC");
    expect(formatShortTime(Date.UTC(2026, 11, 24, 10, 5), "pt")).toBe("24 dez 10:05");
    expect(formatClass("diabetic_retinopathy", "pt")).toBe("retinopatia diabética");
    expect(["macular_hole", "toString"].map((label) => formatClass(label, "pt"))).toEqual([
      "macular_hole",
      "toString",
    ]);
    expect(formatClass("diabetic_retinopathy", "en")).toBe("diabetic_retinopathy");
  });

  it("counts", () => {
    expect([countOf(1, "prediction"), countOf(2, "prediction")]).toEqual(["1 prediction", "2 predictions"]);
  });
});
