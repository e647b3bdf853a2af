import { element } from "./element.ts";
import { type Language, texts } from "./texts.ts";

export type Eye = "right" | "left";

/** The choice of which eye a photograph shows: right, left or not said. It stays on the page and is not sent. */
export interface EyeChoice {
  root: HTMLElement;
  value(): Eye | undefined;
  speak(language: Language): void;
}

export function createEyeChoice(chosen: Eye | undefined): EyeChoice {
  let value = chosen;
  const legend = element("legend", { class: "visually-hidden" });
  // The right eye is on the left, as on a findings sheet, where the patient faces the reader.
  const buttons = (["right", "left"] as const).map((eye) => {
    const button = element("button", {});
    button.type = "button";
    button.dataset.eye = eye;
    button.addEventListener("click", () => {
      value = value === eye ? undefined : eye;
      mark();
    });
    return { eye, button };
  });
  const mark = () => {
    for (const { eye, button } of buttons) button.setAttribute("aria-pressed", String(eye === value));
  };
  mark();
  return {
    root: element("fieldset", { class: "choice eyes" }, legend, ...buttons.map(({ button }) => button)),
    value: () => value,
    speak(language) {
      legend.textContent = texts[language].eyes;
      for (const { eye, button } of buttons) button.textContent = texts[language][eye];
    },
  };
}
