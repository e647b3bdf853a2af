import { find } from "./element.ts";
import { formatBytes } from "./format.ts";
import type { Language } from "./texts.ts";

/** The largest photograph that is taken, and the largest that a request carries: larger ones go through the bucket of uploads. */
export function readLimits(): { maxBytes: number; maxRequestBytes: number } {
  const { maxBytes, maxRequestBytes } = find("#form").dataset;
  return { maxBytes: Number(maxBytes), maxRequestBytes: Number(maxRequestBytes) };
}

/** Puts the limits into words that name them. */
export const nameLimit = (words: string, language: Language, maxBytes = readLimits().maxBytes): string =>
  words
    .replace("{limit}", formatBytes(maxBytes, language))
    .replace("{requestLimit}", formatBytes(readLimits().maxRequestBytes, language));
