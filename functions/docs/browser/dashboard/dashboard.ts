import type { Dashboard } from "../../../../shared/schemas/dashboard.ts";
import { credentialHeaders } from "../credential.ts";
import { element, find } from "../element.ts";
import { chooseLanguage, readRememberedLanguage, rememberLanguage } from "../language.ts";
import type { Language } from "../texts.ts";
import { renderDashboard } from "./render.ts";
import { type DashboardText, dashboardTexts } from "./texts.ts";

/** The page at /dashboard: reads its figures once per minute and draws them in the reader's language. */

const readEveryMs = 60_000;
const answerTimeoutMs = 30_000;

let language = chooseLanguage(readRememberedLanguage(), navigator.languages);
let shown: Dashboard | undefined;

async function read(): Promise<void> {
  const texts = dashboardTexts[language];
  try {
    const response = await fetch("/dashboard/data", {
      headers: { accept: "application/json", ...credentialHeaders() },
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail ?? answer.message ?? `HTTP ${response.status}`);
    shown = answer;
    show();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const again = element("button", { class: "again" }, texts.tryAgain);
    again.addEventListener("click", read);
    find("#state").replaceChildren(`${texts.failed}: ${reason.replace(/\.$/, "")}. `, again);
  }
}

function show(): void {
  if (shown === undefined) return;
  const texts = dashboardTexts[language];
  const at = new Date(shown.to).toLocaleString(language);
  const warning = shown.complete ? "" : ` ${texts.incomplete}`;
  find("#state").textContent = `${texts.updated} ${at}.${warning}`;
  find("#figures").replaceChildren(...renderDashboard(shown, language));
}

function speak(next: Language): void {
  language = next;
  document.documentElement.lang = language;
  document.title = dashboardTexts[language].title;
  for (const text of document.querySelectorAll<HTMLElement>("[data-text]"))
    text.textContent = dashboardTexts[language][text.dataset.text as DashboardText];
  for (const button of document.querySelectorAll<HTMLElement>("[data-language]"))
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  show();
}

for (const button of document.querySelectorAll<HTMLElement>("[data-language]")) {
  button.addEventListener("click", () => {
    const next = button.dataset.language as Language;
    rememberLanguage(next);
    speak(next);
  });
}
document.querySelector("#credential")?.addEventListener("change", read);
speak(language);
read();
setInterval(read, readEveryMs);
