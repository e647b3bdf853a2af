import type { Prediction } from "../../../shared/contracts/prediction.ts";
import type { Outcome } from "./classify.ts";
import { element } from "./element.ts";
import { formatClass, formatMilliseconds, formatPercent } from "./format.ts";
import { describeRefusal, type Language, type TextKey, texts } from "./texts.ts";

/** What the answer's side of the page shows, and what a screen reader is told when it appears. */
export interface View {
  content: Node;
  announcement: string;
}

export function renderWaiting(language: Language): View {
  return { content: element("p", { class: "placeholder" }, texts[language].waiting), announcement: "" };
}

/** @param sentShare how much of a large photograph has been sent, 0..1 */
export function renderExamining(language: Language, sentShare = 1): View {
  const words = texts[language].examining;
  if (sentShare < 1) {
    const percent = formatPercent(sentShare * 100, language);
    const bar = element("progress", {});
    bar.value = sentShare;
    return {
      content: element("p", { class: "placeholder" }, bar, `${texts[language].sending} ${percent}`),
      announcement: texts[language].sending,
    };
  }
  const spinner = element("span", { class: "spinner" });
  return { content: element("p", { class: "placeholder" }, spinner, words), announcement: words };
}

export function renderOutcome(outcome: Outcome, language: Language): View {
  return outcome.kind === "answered"
    ? renderAnswer(outcome.prediction, outcome.elapsedMs, language)
    : renderRefusal(outcome, language);
}

function renderAnswer(prediction: Prediction, elapsedMs: number, language: Language): View {
  const words = texts[language];
  const name = formatClass(prediction.predicted_class, language);
  const percent = formatPercent(prediction.confidence, language);
  const classes = Object.entries(prediction.all_predictions).sort(([, a], [, b]) => b - a);
  const eyebrow = words[prediction.decision];
  const verdict = element(
    "p",
    { class: "verdict" },
    element("span", {}, name),
    element("span", { class: "percent" }, percent),
  );
  const caution = element(
    "p",
    { class: "caution" },
    element("strong", {}, words.noticeTitle),
    ` ${words.caution}`,
  );
  const bars = element(
    "ul",
    { class: "bars" },
    ...classes.map(([label, value]) => renderBar(label, value, language)),
  );
  const technical = fold(words.technical, [renderFacts(prediction, elapsedMs, language)], "technical");
  const answer = [verdict, caution, bars, technical];
  const content = element(
    "div",
    { class: `outcome ${prediction.decision}` },
    element("p", { class: "eyebrow" }, eyebrow),
    ...renderWarnings(prediction, language),
    ...(prediction.decision === "ungradable" ? [fold(words.nevertheless, answer)] : answer),
  );
  const warnings = prediction.warnings.map(({ code }) => words[code]);
  return { content, announcement: [`${eyebrow}: ${name}, ${percent}`, ...warnings].join(". ") };
}

/** What is there for whoever looks for it: the technician's part, and what the model says of a photograph that cannot be graded. */
function fold(summary: string, parts: HTMLElement[], name = "nevertheless"): HTMLElement {
  return element("details", { class: name }, element("summary", {}, summary), ...parts);
}

/** What the photographer can do, before what the model says. */
function renderWarnings({ warnings }: Prediction, language: Language): HTMLElement[] {
  if (warnings.length === 0) return [];
  const reasons = warnings.map(({ code }) => element("li", {}, texts[language][code]));
  return [element("ul", { class: "warnings" }, ...reasons)];
}

function renderBar(label: string, percent: number, language: Language): HTMLElement {
  const fill = element("span", { class: "fill" });
  fill.style.setProperty("--share", String(percent / 100));
  return element(
    "li",
    {},
    element("span", { class: "label" }, formatClass(label, language)),
    element("span", { class: "value" }, formatPercent(percent, language)),
    element("span", { class: "track" }, fill),
  );
}

function renderFacts(
  { model, ...prediction }: Prediction,
  elapsedMs: number,
  language: Language,
): HTMLElement {
  const words = texts[language];
  const sourceNote = model.source === "local_file" ? words.localFileNote : "";
  const facts: [key: TextKey, value: string, note?: string][] = [
    ["model", `${model.name}, ${words.version} ${model.version}`],
    ["source", words[model.source], sourceNote],
    ["engine", model.engine === "onnx" ? "ONNX Runtime" : "TensorFlow"],
    ["modelTime", formatMilliseconds(prediction.inference_time_ms, language)],
    ["wholeTime", formatMilliseconds(elapsedMs, language)],
    ["prediction", prediction.prediction_id],
  ];
  const list = element("dl", { class: "facts" });
  for (const [key, value, note = ""] of facts) {
    const definition = element("dd", {}, value);
    if (note !== "") definition.append(element("span", { class: "note" }, note));
    list.append(element("div", { class: key }, element("dt", {}, words[key]), definition));
  }
  return list;
}

function renderRefusal(refusal: { code: string; detail: string }, language: Language): View {
  const words = describeRefusal(refusal.code, language);
  const content = element(
    "div",
    { class: "refusal" },
    element("p", { class: "eyebrow" }, texts[language].failed),
    element("p", { class: "reason" }, words),
  );
  // The service speaks English; who reads Portuguese has the words above.
  if (refusal.detail !== "" && language === "en")
    content.append(element("p", { class: "detail" }, refusal.detail));
  return { content, announcement: `${texts[language].failed}: ${words}` };
}
