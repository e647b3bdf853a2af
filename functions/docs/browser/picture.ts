import { element } from "./element.ts";
import { type Language, texts } from "./texts.ts";

/** The chosen photograph, where the browser can show it. */
export interface Picture {
  root: HTMLElement;
  speak(language: Language): void;
  /** Frees what the browser holds of it. */
  letGo(): void;
}

export function createPicture(photograph: Blob): Picture {
  const address = URL.createObjectURL(photograph);
  const image = element("img", {});
  image.alt = "";
  const words = element("p", { class: "no-preview" });
  words.hidden = true;
  image.addEventListener("error", () => {
    image.hidden = true;
    words.hidden = false;
  });
  image.src = address;
  return {
    root: element("div", { class: "picture" }, image, words),
    speak: (language) => {
      words.textContent = texts[language].noPreview;
    },
    letGo: () => URL.revokeObjectURL(address),
  };
}
