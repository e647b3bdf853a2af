import { translateClass } from "../../../shared/schemas/class-name.ts";
import type { Prediction } from "../../../shared/schemas/prediction.ts";
import { type Language, texts } from "./texts.ts";

/** Formats a class for people: translated where a translation is known, else the model's own label. */
export function formatClass(label: string, language: Language): string {
  const name = translateClass(label, language) ?? label.replaceAll("_", " ");
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

/** `50 MB`, rounded down to a tenth. A limit is a number of MiB, or of bytes as it was chosen. */
export function formatBytes(bytes: number, language: Language): string {
  const megabytes = bytes % 2 ** 20 === 0 ? bytes / 2 ** 20 : Math.floor(bytes / 1e5) / 10;
  return `${new Intl.NumberFormat(language).format(megabytes)} MB`;
}

export function formatMilliseconds(durationMs: number, language: Language): string {
  const maximumFractionDigits = durationMs < 100 ? 1 : 0;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits }).format(durationMs)} ms`;
}

/** The classes with their percentages, likeliest first. */
export const sortedClasses = (percents: Record<string, number>): [label: string, percent: number][] =>
  Object.entries(percents).sort(([, a], [, b]) => b - a);

/** Lists what an answer names, with percentages: the likeliest class; where several can be true, each true class, or "none". */
export function listNamed(prediction: Prediction, language: Language): [name: string, percent: string][] {
  const { predicted_class, predicted_classes: classes = [predicted_class], all_predictions } = prediction;
  if (classes.length === 0) return [[texts[language].noneNamed, ""]];
  return classes.map((label) => [
    formatClass(label, language),
    formatPercent(all_predictions[label] ?? prediction.confidence, language),
  ]);
}

/** Describes how far to rely on an answer. Where several classes can be true, "Most likely" would be wrong. */
export function describeDecision({ decision, predicted_classes }: Prediction, language: Language): string {
  const words = texts[language];
  return decision === "confident" && predicted_classes !== undefined
    ? words.confidentOfEach
    : words[decision];
}

/** Describes which version gave an answer, when, and under which id it is recorded. */
export function describeOrigin({ model, prediction_id }: Prediction, at: Date, language: Language): string {
  const { version, prediction } = texts[language];
  return `${model.name}, ${version} ${model.version}, ${at.toLocaleString(language)}, ${prediction} ${prediction_id}`;
}
