import type { Dashboard, DashboardHour } from "../../../../shared/schemas/dashboard.ts";
import { dayLengthMs } from "../../../../shared/time/durations.ts";
import { element } from "../element.ts";
import { formatClass, formatMilliseconds, formatPercent } from "../format.ts";
import type { Language } from "../texts.ts";
import { drawHistogram, drawLatency, drawMix, drawVolume, type Say, seriesClass } from "./charts.ts";
import { findCurrentVerdict } from "./current-verdict.ts";
import { axisOf, listSeries } from "./series.ts";
import { dashboardTexts } from "./texts.ts";
import { renderVerdicts } from "./verdicts.ts";

/** Renders everything below the heading, in the order in which operators look for it. */
export function renderDashboard(dashboard: Dashboard, language: Language): HTMLElement[] {
  const { hours } = dashboard;
  const texts = dashboardTexts[language];
  const notes = hours.length === 0 ? [element("p", { class: "empty" }, texts.empty)] : [];
  return [
    ...notes,
    renderTotals(dashboard, language),
    ...(hours.length === 0 ? [] : renderCharts(dashboard, language)),
    panel(texts.verdicts, texts.verdictsHint, renderVerdicts(dashboard, language)),
    panel(texts.leastSure, "", renderLeastSure(dashboard, language)),
    panel(texts.errors, texts.errorsHint, renderErrors(dashboard, language)),
  ];
}

function renderTotals(dashboard: Dashboard, language: Language): HTMLElement {
  const { hours } = dashboard;
  const texts = dashboardTexts[language];
  const count = hours.reduce((sum, { predictions }) => sum + predictions, 0);
  const mean = (read: (hour: DashboardHour) => number) =>
    hours.reduce((sum, hour) => sum + read(hour) * hour.predictions, 0) / count;
  const verdictWords = { ok: texts.ok, drift: texts.driftFound, insufficient_data: texts.insufficientData };
  const last = findCurrentVerdict(dashboard);
  const facts: [name: string, value: string, note?: string][] = [
    [texts.predictions, new Intl.NumberFormat(language).format(count)],
    [
      texts.confidence,
      count === 0
        ? "–"
        : formatPercent(
            mean((hour) => hour.mean_confidence),
            language,
          ),
    ],
    [
      texts.time,
      count === 0
        ? "–"
        : formatMilliseconds(
            mean((hour) => hour.mean_inference_time_ms),
            language,
          ),
    ],
    last === undefined
      ? [texts.drift, texts.noReport]
      : [texts.drift, verdictWords[last.verdict], formatTime(last.at, language)],
  ];
  return element(
    "dl",
    { class: "totals" },
    ...facts.map(([name, value, note]) =>
      element(
        "div",
        {},
        element("dt", {}, name),
        element("dd", {}, value),
        ...(note === undefined ? [] : [element("dd", { class: "hint" }, note)]),
      ),
    ),
  );
}

function renderCharts(dashboard: Dashboard, language: Language): HTMLElement[] {
  const { hours } = dashboard;
  const texts = dashboardTexts[language];
  const axis = axisOf(dashboard);
  const say: Say = ({ start }, words) => `${formatTime(start, language)}: ${words}`;
  const most = Math.max(...hours.map(({ predictions }) => predictions));
  const slowest = Math.max(...hours.map((hour) => hour.longest_inference_time_ms));
  const days = renderDays(axis, language);
  const { byClass, byDecision, byVersion } = nameSeries(language);
  const mix = (title: string, series: NamedSeries) =>
    panel(title, renderLegend(hours, series, language), drawMix(hours, axis, title, say, series), days());
  return [
    panel(
      texts.volume,
      `${texts.most} ${most} ${texts.perHour}`,
      drawVolume(hours, axis, texts.volume, say),
      days(),
    ),
    mix(texts.classes, byClass),
    mix(texts.decisions, byDecision),
    panel(
      texts.confidenceChart,
      "",
      drawHistogram(dashboard.confidence, texts.confidenceChart),
      renderEnds("0 %", "100 %"),
    ),
    panel(
      texts.latency,
      `${texts.most} ${formatMilliseconds(slowest, language)}`,
      drawLatency(hours, axis, texts.latency, say),
      days(),
    ),
    mix(texts.versions, byVersion),
  ];
}

function nameSeries(language: Language): Record<"byClass" | "byDecision" | "byVersion", NamedSeries> {
  const { confident, uncertain, ungradable } = dashboardTexts[language];
  const decisionNames: Record<string, string> = { confident, uncertain, ungradable };
  return {
    byClass: { read: (hour) => hour.classes, name: (key) => formatClass(key, language) },
    byDecision: { read: (hour) => hour.decisions, name: (key) => decisionNames[key] ?? key },
    byVersion: { read: (hour) => hour.versions, name: (key) => key },
  };
}

/** Counts of each hour, and how their kinds are called. */
interface NamedSeries {
  read: (hour: DashboardHour) => Record<string, number>;
  name: (key: string) => string;
}

function renderLegend(
  hours: readonly DashboardHour[],
  { read, name }: NamedSeries,
  language: Language,
): HTMLElement {
  const series = listSeries(hours, read);
  const total = series.reduce((sum, { count }) => sum + count, 0);
  return element(
    "ul",
    { class: "legend" },
    ...series.map((each) =>
      element(
        "li",
        {},
        element("span", { class: `swatch ${seriesClass(each)}` }),
        `${name(each.key)} ${formatPercent((each.count / total) * 100, language)}`,
      ),
    ),
  );
}

const renderDays =
  ({ fromMs, toMs }: { fromMs: number; toMs: number }, language: Language) =>
  () =>
    renderEnds(
      // The axis ends with its last hour, which may be a day's last.
      ...[fromMs, toMs > fromMs + dayLengthMs ? toMs - 1 : toMs].map((timeMs) =>
        toMs - fromMs > dayLengthMs
          ? new Date(timeMs).toLocaleDateString(language, { day: "numeric", month: "short" })
          : formatTime(timeMs, language),
      ),
    );

const renderEnds = (...ends: string[]) =>
  element("p", { class: "ends" }, ...ends.map((end) => element("span", {}, end)));

function renderLeastSure({ least_sure }: Dashboard, language: Language): HTMLElement {
  const texts = dashboardTexts[language];
  return renderTable(
    [texts.when, texts.answer, texts.sureness, texts.prediction],
    least_sure.map(({ timestamp_ms, predicted_class, predicted_classes, confidence, prediction_id }) => [
      formatTime(timestamp_ms, language),
      (predicted_classes ?? [predicted_class]).map((name) => formatClass(name, language)).join(", ") ||
        texts.none,
      formatPercent(confidence, language),
      prediction_id,
    ]),
    texts.none,
  );
}

function renderErrors({ errors }: Dashboard, language: Language): HTMLElement {
  const texts = dashboardTexts[language];
  return renderTable(
    [texts.when, texts.status, texts.what],
    errors.map(({ at, status, error, detail }) => [
      formatTime(at, language),
      String(status),
      `${error}: ${detail}`,
    ]),
    texts.none,
  );
}

function renderTable(heads: string[], rows: string[][], none: string): HTMLElement {
  if (rows.length === 0) return element("p", { class: "empty" }, none);
  const cells = (tag: "th" | "td", words: string[]) => words.map((text) => element(tag, {}, text));
  const table = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...cells("th", heads))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells("td", row)))),
  );
  const scrolled = element("div", { class: "scrolled" }, table);
  // So that it can be scrolled with the keyboard.
  scrolled.tabIndex = 0;
  scrolled.setAttribute("role", "group");
  scrolled.setAttribute("aria-label", heads.join(", "));
  return scrolled;
}

function panel(title: string, hint: string | HTMLElement, ...content: Element[]): HTMLElement {
  const words =
    typeof hint === "string" ? (hint === "" ? [] : [element("p", { class: "hint" }, hint)]) : [hint];
  return element("section", { class: "panel" }, element("h2", {}, title), ...words, ...content);
}

const formatTime = (time: string | number, language: Language) =>
  new Date(time).toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
