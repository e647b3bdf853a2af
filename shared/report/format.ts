import type { DriftIndicator } from "../schemas/drift-report.ts";

/** `87.35%`; for shares 0..1 there is `formatShare`. */
export const formatPercent = (percent: number): string => `${roundTo(percent, 2)}%`;

export const formatShare = (ratio: number): string => formatPercent(ratio * 100);

/** `7.8 ms`, `312 ms`, `5.2 s`. */
export function formatDurationMs(durationMs: number): string {
  if (durationMs >= 1000) return `${roundTo(durationMs / 1000, 2)} s`;
  return `${roundTo(durationMs, durationMs < 100 ? 1 : 0)} ms`;
}

/** A value of an indicator, or its threshold; a dash where there is none. */
export function formatIndicatorValue(value: number | null, unit: DriftIndicator["unit"]): string {
  if (value === null) return "–";
  if (unit === "percent") return formatPercent(value);
  return unit === "ratio" ? formatShare(value) : formatDurationMs(value);
}

/** A value of a figure: `87.3%`, `12 ms`, `55.4`. */
export function formatFigure(value: number, unit: DriftIndicator["unit"] | "none"): string {
  if (unit === "none") return String(Number(value.toPrecision(3)));
  if (unit === "ms") return formatDurationMs(value);
  return formatPercent(Number((unit === "ratio" ? value * 100 : value).toFixed(1)));
}

/** `2026-11-25 08:00 UTC`. */
export function formatTime(timestampMs: number): string {
  return `${new Date(timestampMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** `25 Nov 08:00`, for the foot of a chart. */
export function formatShortTime(timestampMs: number): string {
  const time = new Date(timestampMs);
  const month = time.toLocaleString("en-GB", { month: "short", timeZone: "UTC" });
  return `${time.getUTCDate()} ${month} ${time.toISOString().slice(11, 16)}`;
}

export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

function roundTo(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}
