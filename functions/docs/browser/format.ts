import classNames from "./class-names.json" with { type: "json" };
import type { Language } from "./texts.ts";

const translations: Partial<Record<Language, Record<string, string>>> = classNames;

/** A class as a person reads it: translated where a translation is known, else the model's own label. */
export function formatClass(label: string, language: Language): string {
  const name = translations[language]?.[label] ?? label.replaceAll("_", " ");
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** @param percent 0..100 */
export function formatPercent(percent: number, language: Language): string {
  return new Intl.NumberFormat(language, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(percent / 100);
}

export function formatMilliseconds(durationMs: number, language: Language): string {
  const maximumFractionDigits = durationMs < 100 ? 1 : 0;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits }).format(durationMs)} ms`;
}
