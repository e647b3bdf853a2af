import { classify, type Outcome } from "./classify.ts";
import { watchDropZone } from "./drop-zone.ts";
import { find } from "./element.ts";
import { applyLanguage, chooseLanguage, readRememberedLanguage, rememberLanguage } from "./language.ts";
import { showPreview } from "./preview.ts";
import { renderExamining, renderOutcome, renderWaiting, type View } from "./render-outcome.ts";
import type { Language } from "./texts.ts";

/** The page to try the service: a photograph in, an answer out, in the reader's language. */

type State = { kind: "waiting" } | { kind: "examining"; sentShare?: number } | Outcome;

let language = chooseLanguage(readRememberedLanguage(), navigator.languages);
let state: State = { kind: "waiting" };
let current = new AbortController();

function render(): void {
  const { content, announcement } = renderState();
  find("#view").replaceChildren(content);
  find("#status").textContent = announcement;
  find("#answer").setAttribute("aria-busy", String(state.kind === "examining"));
}

function renderState(): View {
  if (state.kind === "waiting") return renderWaiting(language);
  if (state.kind === "examining") return renderExamining(language, state.sentShare);
  return renderOutcome(state, language);
}

function show(next: State): void {
  state = next;
  render();
}

async function examine(photograph: File): Promise<void> {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  showPreview(photograph);
  show({ kind: "examining" });
  try {
    show(await classify(photograph, (sentShare) => show({ kind: "examining", sentShare }), signal));
  } catch (error) {
    // Another photograph was chosen meanwhile.
    if (!signal.aborted) throw error;
  }
}

function speak(next: Language): void {
  language = next;
  applyLanguage(language);
  render();
}

for (const button of document.querySelectorAll<HTMLElement>("[data-language]")) {
  button.addEventListener("click", () => {
    const next = button.dataset.language as Language;
    rememberLanguage(next);
    speak(next);
  });
}
watchDropZone((photograph) => void examine(photograph));
speak(language);
