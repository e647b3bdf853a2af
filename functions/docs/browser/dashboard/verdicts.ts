import type { Dashboard } from "../../../../shared/schemas/dashboard.ts";
import { dayLengthMs } from "../../../../shared/time/durations.ts";
import { isoDay } from "../../../../shared/time/iso-day.ts";
import { element } from "../element.ts";
import type { Language } from "../texts.ts";
import { dashboardTexts } from "./texts.ts";

const days = 30;

/** Renders one cell per day in UTC, today last. The verdict shows in a sign as well as in a colour. */
export function renderVerdicts({ to, verdicts }: Dashboard, language: Language): HTMLElement {
  const texts = dashboardTexts[language];
  const known = new Map(verdicts.map((verdict) => [verdict.day, verdict.verdict]));
  const kinds = {
    ok: { sign: "✓", words: texts.ok },
    drift: { sign: "!", words: texts.driftFound },
    insufficient_data: { sign: "·", words: texts.insufficientData },
    none: { sign: "", words: texts.noReport },
  };
  const cells = Array.from({ length: days }, (_, index) => {
    const day = isoDay(Date.parse(to) - (days - 1 - index) * dayLengthMs);
    const kind = known.get(day) ?? "none";
    const { sign, words } = kinds[kind];
    const title = `${new Date(`${day}T12:00:00`).toLocaleDateString(language)} (UTC): ${words}`;
    return element(
      "li",
      { class: `day ${kind}`, title },
      element("span", { class: "visually-hidden" }, title),
      (() => {
        const shown = element("span", {}, sign);
        shown.setAttribute("aria-hidden", "true");
        return shown;
      })(),
    );
  });
  return element("ol", { class: "days" }, ...cells);
}
