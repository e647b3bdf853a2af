import type { Language } from "../../../shared/schemas/language.ts";
import { english, type TextKey } from "./texts/english.ts";
import { portuguese } from "./texts/portuguese.ts";

export type { Language, TextKey };

export const texts: Record<Language, Record<TextKey, string>> = { en: english, pt: portuguese };

/** Words for an error code; an unknown code gets general ones. */
export function describeRefusal(code: string, language: Language): string {
  const known = texts[language];
  return Object.hasOwn(known, code) ? known[code as TextKey] : known.unknown;
}
