import type { DriftReport } from "../schemas/drift-report.ts";
import { renderCourseChart } from "./course-chart.ts";
import { formatFigure, formatShortTime } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { wordsOf } from "./words/words-of.ts";

const pictureFigures = [
  "brightness",
  "contrast",
  "sharpness",
  "red_share",
  "blue_share",
  "disc_share",
  "disc_roundness",
];

/** How the measures of the pictures changed over the window; nothing where no record has them. */
export function renderPictureCourse(report: DriftReport): Markup {
  const { headings } = wordsOf(report.language);
  const charts = pictureFigures.flatMap((name) => renderCourse(report, name) ?? []);
  if (charts.length === 0) return html``;
  return html`<section><h2>${headings.pictures}</h2><div class="pair">${charts}</div></section>`;
}

function renderCourse(report: DriftReport, name: string): Markup | undefined {
  const { series, language, comparisons, figure_titles: titles } = report;
  const points = series.filter(({ means }) => means[name] !== undefined);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { chart: words } = wordsOf(language);
  const comparison = comparisons.find((candidate) => candidate.name === name);
  const title = titles[name] ?? name;
  const usual = comparison?.reference_mean;
  const unit = comparison?.unit ?? "none";
  return html`<figure><figcaption>${title}</figcaption>${renderCourseChart({
    description: words.course(title),
    values: points.map(({ means }) => means[name] as number),
    reference:
      usual === undefined || usual === null ? undefined : { value: usual, label: words.referenceMean },
    formatValue: (value) => formatFigure(value, unit, language),
    footLabels: [first, last].map(({ timestamp_ms }) => formatShortTime(timestamp_ms, language)) as [
      string,
      string,
    ],
  })}</figure>`;
}
