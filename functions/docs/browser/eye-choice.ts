import { element } from "./element.ts";
import { type Language, texts } from "./texts.ts";

export type Eye = "right" | "left";

/** Which eye a photograph is of: one of two, or neither. It stays on the page: nobody is sent it. */
export interface EyeChoice {
  root: HTMLElement;
  value(): Eye | undefined;
  speak(language: Language): void;
}

export function createEyeChoice(chosen: Eye | undefined): EyeChoice {
  let value = chosen;
  const legend = element("legend", { class: "visually-hidden" });
  // The right eye stands on the left, as on a sheet for findings: the patient looks at whoever reads it.
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
