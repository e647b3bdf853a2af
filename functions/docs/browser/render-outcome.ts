import type { Prediction, PredictionWarning } from "../../../shared/schemas/prediction.ts";
import type { Outcome } from "./classify.ts";
import { element } from "./element.ts";
import {
  describeDecision,
  describeOrigin,
  formatClass,
  formatMilliseconds,
  formatPercent,
  listNamed,
  sortedClasses,
} from "./format.ts";
import { nameLimit } from "./limits.ts";
import { describeRefusal, type Language, type TextKey, texts } from "./texts.ts";

type Answered = Extract<Outcome, { kind: "answered" }>;
type Refused = Extract<Outcome, { kind: "refused" }>;

/** What a card shows, and what a screen reader is told when it appears. */
export interface View {
  content: Node;
  announcement: string;
}

/** How far a photograph has come; `sentShare` is the share of it that has been sent, 0..1. */
export type Progress = { kind: "waiting" } | { kind: "sending"; sentShare: number } | { kind: "examining" };

export function renderProgress(progress: Progress, language: Language): View {
  const words = texts[language][progress.kind];
  if (progress.kind === "waiting") {
    return { content: element("p", { class: "placeholder" }, words), announcement: "" };
  }
  if (progress.kind === "examining") {
    const spinner = element("span", { class: "spinner" });
    return { content: element("p", { class: "placeholder" }, spinner, words), announcement: "" };
  }
  const bar = element("progress", {});
  bar.value = progress.sentShare;
  const percent = formatPercent(progress.sentShare * 100, language);
  return { content: element("p", { class: "placeholder" }, bar, `${words} ${percent}`), announcement: "" };
}

export function renderOutcome(outcome: Outcome, language: Language): View {
  return outcome.kind === "answered" ? renderAnswer(outcome, language) : renderRefusal(outcome, language);
}

function renderAnswer({ prediction, elapsedMs, answeredAt }: Answered, language: Language): View {
  const words = texts[language];
  const named = listNamed(prediction, language);
  const decision = describeDecision(prediction, language);
  const verdict = [
    ...named.map(([name, percent]) =>
      element(
        "p",
        { class: "verdict" },
        element("span", {}, name),
        element("span", { class: "percent" }, percent),
      ),
    ),
    element("p", { class: "caution" }, element("strong", {}, words.noticeTitle), ` ${words.caution}`),
  ];
  const bars = sortedClasses(prediction.all_predictions).map(([label, value]) =>
    renderBar(label, value, language),
  );
  const answer = [
    ...verdict,
    ...renderSet(prediction, language),
    element("ul", { class: "bars" }, ...bars),
    fold(words.technical, [renderFacts(prediction, elapsedMs, language)], "technical"),
  ];
  const isGradable = prediction.decision !== "ungradable";
  const content = element(
    "div",
    { class: `outcome ${prediction.decision}` },
    element("p", { class: "decision" }, decision),
    ...renderWarnings(prediction.warnings, language),
    ...(isGradable ? answer : [fold(words.nevertheless, answer)]),
    element("p", { class: "printed" }, describeOrigin(prediction, answeredAt, language)),
  );
  const warnings = prediction.warnings.map(({ code }) => words[code]);
  const spoken = named.map((parts) => parts.filter((part) => part !== "").join(", "));
  const said = isGradable ? `${decision}: ${spoken.join("; ")}` : decision;
  return { content, announcement: [said, ...warnings].join(". ") };
}

/** Renders the set of classes that should contain the right one, if the version gives a set and it has several classes. */
function renderSet(
  { prediction_set: set, all_predictions: all }: Prediction,
  language: Language,
): HTMLElement[] {
  if (set === undefined || set.length < 2) return [];
  const { possible, allPossible } = texts[language];
  const names = new Intl.ListFormat(language).format(set.map((label) => formatClass(label, language)));
  const isWhole = set.length === Object.keys(all).length;
  return [element("p", { class: "set" }, isWhole ? allPossible : `${possible} ${names}.`)];
}

/** Renders what only some readers need, closed at first: technical details, and the model's answer to an ungradable photograph. */
function fold(summary: string, parts: HTMLElement[], name = "nevertheless"): HTMLElement {
  return element("details", { class: name }, element("summary", {}, summary), ...parts);
}

/** Renders what the photographer can do; it stands before the model's answer. */
function renderWarnings(warnings: readonly PredictionWarning[], language: Language): HTMLElement[] {
  if (warnings.length === 0) return [];
  const reasons = warnings.map(({ code }) => element("li", {}, texts[language][code]));
  return [
    element("p", { class: "before" }, texts[language].takeAgain),
    element("ul", { class: "warnings" }, ...reasons),
  ];
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

/** A refused ungradable photograph is shown with the same reasons as one that was answered. */
function renderUngradable({ warnings }: Refused, language: Language): View {
  const words = texts[language];
  const content = element(
    "div",
    { class: "outcome ungradable" },
    element("p", { class: "decision" }, words.ungradable),
    ...renderWarnings(warnings, language),
  );
  return { content, announcement: [words.ungradable, ...warnings.map(({ code }) => words[code])].join(". ") };
}

function renderRefusal(refusal: Refused, language: Language): View {
  if (refusal.warnings.length > 0) return renderUngradable(refusal, language);
  const words = nameLimit(describeRefusal(refusal.code, language), language, refusal.maxBytes);
  const content = element(
    "div",
    { class: "refusal" },
    element("p", { class: "decision" }, texts[language].failed),
    element("p", { class: "reason" }, words),
  );
  if (refusal.detail !== "") {
    const detail = element("p", { class: "detail" }, refusal.detail);
    // The service writes it in English, whatever the page's language.
    detail.lang = "en";
    content.append(detail);
  }
  return { content, announcement: `${texts[language].failed}: ${words}` };
}
