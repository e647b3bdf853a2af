import type { Dashboard } from "../../../../shared/schemas/dashboard.ts";
import { credentialHeaders, isSendable } from "../credential.ts";
import { element, find } from "../element.ts";
import { chooseLanguage, readRememberedLanguage, rememberLanguage } from "../language.ts";
import type { Language } from "../texts.ts";
import { explainRefusal, type Failure } from "./failure.ts";
import { renderDashboard } from "./render.ts";
import { type DashboardText, dashboardTexts } from "./texts.ts";

/** The page at /dashboard: reads its figures once per minute and draws them in the reader's language. */

const readEveryMs = 60_000;
const answerTimeoutMs = 30_000;

let language = chooseLanguage(readRememberedLanguage(), navigator.languages);
let shown: Dashboard | undefined;
let failure: Failure | undefined;

async function read(): Promise<void> {
  const answer = await ask();
  if ("from" in answer) [shown, failure] = [answer, undefined];
  else failure = answer;
  showState();
  showFigures();
}

async function ask(): Promise<Dashboard | Failure> {
  const headers = { accept: "application/json", ...credentialHeaders() };
  if (!isSendable(headers)) return { reason: "invalidCredential" };
  try {
    // Browsers before Safari 16 and Chrome 103 have no such signal: they wait as long as the network does.
    const signal = AbortSignal.timeout?.(answerTimeoutMs) ?? null;
    const response = await fetch("/dashboard/data", { headers, signal });
    if (response.ok) return await response.json();
    const body: { error?: string } = await response.json().catch(() => ({}));
    return explainRefusal(response.status, body.error, readAccess());
  } catch {
    return { reason: "unreachable" };
  }
}

function readAccess() {
  if (document.querySelector("#credential") !== null) return "field";
  return document.querySelector('[data-text="signedAlone"]') === null ? "open" : "signed";
}

function showState(): void {
  const texts = dashboardTexts[language];
  const state = find("#state");
  const isFocused = state.contains(document.activeElement);
  const at = shown && `${texts.updated} ${new Date(shown.to).toLocaleString(language)}.`;
  const warning = shown === undefined || shown.complete ? "" : texts.incomplete;
  const parts: (string | Node)[] = [];
  if (failure !== undefined) {
    const reason = "reason" in failure ? texts[failure.reason] : `HTTP ${failure.status}`;
    const again = element("button", { class: "again" }, texts.tryAgain);
    again.addEventListener("click", read);
    parts.push(`${texts.failed}: ${reason}. `, again, " ");
  }
  parts.push([at, warning].filter(Boolean).join(" "));
  if (failure === undefined && shown === undefined) parts.push(texts.loading);
  state.replaceChildren(...parts);
  if (isFocused) (state.querySelector("button") ?? state).focus();
}

/** Draws the figures again; what the reader has scrolled or focused stays so. */
function showFigures(): void {
  if (shown === undefined) return;
  const figures = find("#figures");
  const listScrolled = () => [...figures.querySelectorAll<HTMLElement>(".scrolled")];
  const before = listScrolled().map((scrolled) => ({
    left: scrolled.scrollLeft,
    isFocused: scrolled === document.activeElement,
  }));
  figures.replaceChildren(...renderDashboard(shown, language));
  for (const [index, scrolled] of listScrolled().entries()) {
    scrolled.scrollLeft = before[index]?.left ?? 0;
    if (before[index]?.isFocused) scrolled.focus({ preventScroll: true });
  }
}

function speak(next: Language): void {
  language = next;
  document.documentElement.lang = language;
  document.title = dashboardTexts[language].title;
  for (const text of document.querySelectorAll<HTMLElement>("[data-text]"))
    text.textContent = dashboardTexts[language][text.dataset.text as DashboardText];
  for (const button of document.querySelectorAll<HTMLElement>("[data-language]"))
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  showState();
  showFigures();
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
