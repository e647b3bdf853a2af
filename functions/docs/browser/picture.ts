import { element } from "./element.ts";
import { type Language, texts } from "./texts.ts";

/** The chosen photograph, if the browser can show it, and on request a map of what moved the answer. */
export interface Picture {
  root: HTMLElement;
  /** @param address data URL of the activation map over the photograph; undefined hides its button */
  offerMap(address: string | undefined): void;
  speak(language: Language): void;
  /** Frees the browser's memory of the photograph. */
  letGo(): void;
}

export function createPicture(photograph: Blob): Picture {
  const address = URL.createObjectURL(photograph);
  const image = element("img", { class: "photograph" });
  const words = element("p", { class: "no-preview" });
  const map = element("img", { class: "map" });
  const caption = element("p", { class: "caption" });
  const toggle = element("button", { class: "show-map" });
  toggle.type = "button";
  for (const each of [image, map]) each.alt = "";
  let isShown = true;
  const showMap = (isMap: boolean) => {
    toggle.setAttribute("aria-pressed", String(isMap));
    for (const part of [map, caption]) part.hidden = !isMap;
    image.hidden = isMap || !isShown;
    words.hidden = isMap || isShown;
  };
  image.addEventListener("error", () => {
    isShown = false;
    showMap(toggle.getAttribute("aria-pressed") === "true");
  });
  toggle.addEventListener("click", () => showMap(toggle.getAttribute("aria-pressed") !== "true"));
  toggle.hidden = true;
  showMap(false);
  image.src = address;
  return {
    root: element(
      "div",
      { class: "picture" },
      element("div", { class: "frame" }, image, words, map),
      caption,
      toggle,
    ),
    offerMap(mapAddress) {
      toggle.hidden = mapAddress === undefined;
      if (mapAddress !== undefined) map.src = mapAddress;
    },
    speak(language) {
      words.textContent = texts[language].noPreview;
      caption.textContent = `${texts[language].mapNote} ${texts[language].mapLegend}`;
      toggle.textContent = texts[language].showMap;
    },
    letGo: () => URL.revokeObjectURL(address),
  };
}
