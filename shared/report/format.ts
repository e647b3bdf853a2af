import { translateClass } from "../schemas/class-name.ts";
import type { DriftIndicator } from "../schemas/drift-report.ts";
import type { Language } from "../schemas/language.ts";

/** `87.35%`, in Portuguese `87,35%`; for shares 0..1 there is `formatShare`. */
export const formatPercent = (percent: number, language: Language = "en"): string =>
  `${roundTo(percent, 2, language)}%`;

export const formatShare = (ratio: number, language: Language = "en"): string =>
  formatPercent(ratio * 100, language);

/** `7.8 ms`, `312 ms`, `5.2 s`. */
export function formatDurationMs(durationMs: number, language: Language = "en"): string {
  if (durationMs >= 1000) return `${roundTo(durationMs / 1000, 2, language)} s`;
  return `${roundTo(durationMs, durationMs < 100 ? 1 : 0, language)} ms`;
}

/** A value of an indicator, or its threshold; a dash where there is none. */
export function formatIndicatorValue(
  value: number | null,
  unit: DriftIndicator["unit"],
  language: Language = "en",
): string {
  if (value === null) return "–";
  if (unit === "percent") return formatPercent(value, language);
  return unit === "ratio" ? formatShare(value, language) : formatDurationMs(value, language);
}

/** A value of a figure: `87.3%`, `12 ms`, `55.4`. */
export function formatFigure(
  value: number,
  unit: DriftIndicator["unit"] | "none",
  language: Language = "en",
): string {
  if (unit === "none") return withMark(String(Number(value.toPrecision(3))), language);
  if (unit === "ms") return formatDurationMs(value, language);
  return formatPercent(Number((unit === "ratio" ? value * 100 : value).toFixed(1)), language);
}

/** `2026-11-25 08:00 UTC`, in Portuguese `25/11/2026 08:00 UTC`. */
export function formatTime(timestampMs: number, language: Language = "en"): string {
  const [date = "", time = ""] = new Date(timestampMs).toISOString().slice(0, 16).split("T");
  return `${language === "en" ? date : date.split("-").reverse().join("/")} ${time} UTC`;
}

/** `25 Nov 08:00`, in Portuguese `25 nov 08:00`, for the foot of a chart. */
export function formatShortTime(timestampMs: number, language: Language = "en"): string {
  const time = new Date(timestampMs);
  const tag = language === "en" ? "en-GB" : "pt-BR";
  const month = time.toLocaleString(tag, { month: "short", timeZone: "UTC" }).replace(".", "");
  return `${time.getUTCDate()} ${month} ${time.toISOString().slice(11, 16)}`;
}

/** A class as the report's language names it, else the model's own label. */
export const formatClass = (label: string, language: Language): string =>
  translateClass(label, language) ?? label;

export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

function roundTo(value: number, decimals: number, language: Language): string {
  return withMark(String(Number(value.toFixed(decimals))), language);
}

/** With the decimal mark of the language. */
const withMark = (number: string, language: Language) =>
  language === "en" ? number : number.replace(".", ",");
