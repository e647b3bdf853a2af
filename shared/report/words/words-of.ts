import type { Language } from "../../schemas/language.ts";
import { english } from "./english.ts";
import { portuguese } from "./portuguese.ts";
import type { Words } from "./words.ts";

const all: Record<Language, Words> = { en: english, pt: portuguese };

/** The words of a drift report in a language. */
export const wordsOf = (language: Language): Words => all[language];
