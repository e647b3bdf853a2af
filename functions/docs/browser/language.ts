import { nameLimit } from "./limits.ts";
import { type Language, type TextKey, texts } from "./texts.ts";

const storageKey = "language";

/** Chooses the language chosen before, else the first of the browser's languages that the page has, else English. */
export function chooseLanguage(remembered: string | null, preferred: readonly string[]): Language {
  const candidates = [remembered ?? "", ...preferred].map((tag) => tag.slice(0, 2).toLowerCase());
  return candidates.find((tag): tag is Language => tag in texts) ?? "en";
}

/** Where nothing may be stored, as in some private windows, the choice lasts as long as the page is open. */
export function readRememberedLanguage(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // The choice lasts as long as the page is open.
  }
}

/** Puts every text of the page into a language. */
export function applyLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.title = texts[language].serviceName;
  for (const element of document.querySelectorAll<HTMLElement>("[data-text]")) {
    element.textContent = nameLimit(texts[language][element.dataset.text as TextKey], language);
  }
  // The model card has both languages on one page, English first.
  const part = language === "pt" ? "#cartão-do-modelo-em-português" : "";
  document.querySelector("#model-card")?.setAttribute("href", `/model-card${part}`);
  for (const button of document.querySelectorAll<HTMLElement>("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}
