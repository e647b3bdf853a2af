import { type Card, createCard } from "./card.ts";
import { watchDropZone } from "./drop-zone.ts";
import { element, find } from "./element.ts";
import type { Eye } from "./eye-choice.ts";
import { applyLanguage, chooseLanguage, readRememberedLanguage, rememberLanguage } from "./language.ts";
import { fetchSample } from "./sample.ts";
import { type Language, texts } from "./texts.ts";

/** Script of the page to try the service: a card for each photograph, with its answer in the reader's language. */

let language = chooseLanguage(readRememberedLanguage(), navigator.languages);
let cards: Card[] = [];
let count = 0;
/** One after another, so that the first answers come soon and the service is not flooded. */
let queue = Promise.resolve();

function add(photographs: Blob[], eye?: Eye): void {
  const added = photographs.map((photograph) => {
    count += 1;
    const card: Card = createCard(photograph, {
      number: count,
      eye,
      language,
      announce,
      onRemove: () => {
        const at = cards.indexOf(card);
        show(cards.filter((other) => other !== card));
        const next = cards[at] ?? cards[at - 1];
        if (next === undefined) find("#file").focus();
        else next.focus();
      },
    });
    return card;
  });
  // The newest first, right below the place where they were chosen.
  find("#cards").prepend(...added.map(({ root }) => root));
  show([...added, ...cards]);
  announce(texts[language][photographs.length === 1 ? "examining" : "examiningSeveral"]);
  for (const card of added) queue = queue.then(() => card.examine());
}

function show(next: Card[]): void {
  cards = next;
  if (cards.length === 0) {
    count = 0;
    // The next photographs get the same numbers again.
    find("#status").replaceChildren();
  }
  find("#answers").hidden = cards.length === 0;
}

/** Adds to a log, because a screen reader would miss all but the last of several answers that replace each other. */
function announce(words: string): void {
  find("#status").append(element("p", {}, words));
}

function speak(next: Language): void {
  language = next;
  applyLanguage(language);
  for (const card of cards) card.speak(language);
}

for (const button of document.querySelectorAll<HTMLElement>("[data-language]")) {
  button.addEventListener("click", () => {
    const next = button.dataset.language as Language;
    rememberLanguage(next);
    speak(next);
  });
}
let isSampleLoading = false;
find("#sample").addEventListener("click", async ({ currentTarget }) => {
  // Not `disabled`, which would take the focus away.
  if (isSampleLoading) return;
  isSampleLoading = true;
  const sample = await fetchSample();
  isSampleLoading = false;
  if (sample !== undefined) return add([sample], "left");
  (currentTarget as HTMLElement).dataset.text = "sample_missing";
  applyLanguage(language);
});
find("#print").addEventListener("click", () => print());
find("#clear").addEventListener("click", () => {
  for (const card of cards) card.remove();
  show([]);
  find("#file").focus();
});
// Where service workers are not allowed, as in some private windows, the page needs the network.
navigator.serviceWorker?.register("/assets/service-worker.js", { scope: "/" }).catch(() => {});
watchDropZone((photographs) => add(photographs));
speak(language);
