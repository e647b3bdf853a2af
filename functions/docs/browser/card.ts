import { classify, type Outcome, refused } from "./classify.ts";
import { consentHeaders } from "./consent.ts";
import { element } from "./element.ts";
import { createEyeChoice, type Eye } from "./eye-choice.ts";
import { createPicture } from "./picture.ts";
import { type Progress, renderOutcome, renderProgress, type View } from "./render-outcome.ts";
import { renderSummary } from "./summary.ts";
import { type Language, texts } from "./texts.ts";

/** One photograph on the page: the picture, the choice of eye, and the service's answer. */
export interface Card {
  root: HTMLElement;
  /** Sends the photograph and shows the answer, or that there is none; resolves at once if the card has been removed. */
  examine(): Promise<void>;
  speak(language: Language): void;
  /** Moves the focus to its title. */
  focus(): void;
  remove(): void;
}

export interface CardOptions {
  /** From 1. It names the card, because a file's name may name a patient. */
  number: number;
  eye: Eye | undefined;
  language: Language;
  /** Tells a screen reader what has appeared. */
  announce(words: string): void;
  onRemove(): void;
}

export function createCard(photograph: Blob, options: CardOptions): Card {
  const { number, announce, onRemove } = options;
  let { language } = options;
  let state: Progress | Outcome = { kind: "waiting" };
  const abandoned = new AbortController();
  // As the reader says when choosing it, whatever is said of later ones while it waits.
  const consent = consentHeaders();
  const picture = createPicture(photograph);
  const eye = createEyeChoice(options.eye);
  const { root, title, view, answer, copy, remove } = layOut(picture.root, eye.root);

  const name = () => `${texts[language].photograph} ${number}`;
  const render = (): string => {
    const { content, announcement } = renderState(state, language);
    view.replaceChildren(content);
    answer.setAttribute("aria-busy", String(state.kind === "sending" || state.kind === "examining"));
    // Only pages that came over an encrypted connection, or from this machine, may write to the clipboard.
    copy.hidden = state.kind !== "answered" || navigator.clipboard === undefined;
    return announcement;
  };
  const show = (next: Progress | Outcome) => {
    state = next;
    picture.offerMap(mapOf(state));
    const words = render();
    if (words !== "") announce(`${name()}. ${words}`);
  };
  const speak = (next: Language) => {
    language = next;
    title.textContent = name();
    copy.textContent = texts[language].copy;
    remove.textContent = texts[language].remove;
    picture.speak(language);
    eye.speak(language);
    const isOpen = [...view.querySelectorAll("details")].map(({ open }) => open);
    render();
    for (const [index, part] of view.querySelectorAll("details").entries())
      part.open = isOpen[index] ?? false;
  };

  copy.addEventListener("click", async () => {
    if (state.kind !== "answered") return;
    await navigator.clipboard.writeText(renderSummary(name(), eye.value(), state, language));
    copy.textContent = texts[language].copied;
    announce(texts[language].copied);
  });
  const card: Card = {
    root,
    async examine() {
      if (abandoned.signal.aborted) return;
      show({ kind: "examining" });
      try {
        const onProgress = (sentShare: number) =>
          show(sentShare < 1 ? { kind: "sending", sentShare } : { kind: "examining" });
        show(await classify(photograph, consent, onProgress, abandoned.signal));
      } catch (error) {
        // Such as a response that is not a prediction. The next photograph gets its turn.
        if (!abandoned.signal.aborted) show(refused("unknown", String(error)));
      }
    },
    speak,
    focus: () => title.focus(),
    remove() {
      abandoned.abort();
      picture.letGo();
      root.remove();
    },
  };
  remove.addEventListener("click", () => {
    card.remove();
    onRemove();
  });
  speak(language);
  return card;
}

/** An ungradable photograph gets no map: nothing should be read into it. */
function mapOf(state: Progress | Outcome): string | undefined {
  if (state.kind !== "answered" || state.prediction.decision === "ungradable") return undefined;
  return state.prediction.explanation?.image ?? undefined;
}

/** Makes a card's elements; their words come later, with the language. */
function layOut(picture: HTMLElement, eyes: HTMLElement) {
  const title = element("h3", {});
  title.tabIndex = -1;
  const view = element("div", { class: "view" });
  const copy = element("button", { class: "copy" });
  const remove = element("button", { class: "remove" });
  for (const button of [copy, remove]) button.type = "button";
  const answer = element(
    "div",
    { class: "answer" },
    element("div", { class: "heading" }, title, eyes),
    view,
    element("p", { class: "actions" }, copy, remove),
  );
  const root = element("article", { class: "card" }, picture, answer);
  return { root, title, view, answer, copy, remove };
}

const renderState = (state: Progress | Outcome, language: Language): View =>
  state.kind === "answered" || state.kind === "refused"
    ? renderOutcome(state, language)
    : renderProgress(state, language);
