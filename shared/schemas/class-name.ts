import classNames from "./class-names.json" with { type: "json" };
import type { Language } from "./language.ts";

const translations: Partial<Record<Language, Record<string, string>>> = classNames;

/** The name of a class in a language; undefined where none is known, as for English, in which a model's labels are written. */
export function translateClass(label: string, language: Language): string | undefined {
  const known = translations[language] ?? {};
  return Object.hasOwn(known, label) ? known[label] : undefined;
}

/** The classes that have a name in another language, in the order of the packaged model. */
export const knownClasses: readonly string[] = Object.keys(classNames.pt);
