import type {
  ComparedVersion,
  ComparisonReport,
  DifferingAnswer,
  PhotographComparison,
  ServedPeriod,
} from "../contracts/comparison-report.ts";
import { formatEstimate } from "./evaluation-tables.ts";
import { formatDurationMs, formatTime } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { renderReportPage, renderReportTable } from "./report-page.ts";

type Paired = PhotographComparison["accuracy"];

/** Renders a comparison of two versions as one page of the drift report's family. */
export function renderComparisonHtml(report: ComparisonReport): string {
  const { versions, ab_test: test, photographs } = report;
  const [first, second] = report.compared;
  return renderReportPage({
    title: `${report.model}: version ${second} against version ${first}`,
    tone: toneOf(report),
    next: report.verdict,
    made: describePeriod(report),
    content: [
      versions === null ? "" : renderVersions(versions),
      versions === null ? "" : renderRealised(versions),
      renderTests(report),
      test === null ? "" : renderGuardrails(test.guardrails),
      photographs === null ? "" : renderPhotographs(photographs),
      renderDiffering([...report.differing, ...(photographs?.differing ?? [])], [first, second]),
      renderHistory(report.history),
    ],
    footer:
      "Intervals are 95 %. P-values of the sequential tests may be looked at at any time; a test finds something at 0.025 or below, because two outcomes " +
      "are tested. Clinicians label doubtful answers sooner than others, so figures by labels hold for the labelled photographs only.",
  });
}

function toneOf({ ab_test: test, verdict }: ComparisonReport) {
  if (
    test?.ended ||
    test?.guardrails.some(({ isBroken }) => isBroken) ||
    /worse|not to be believed/.test(verdict)
  )
    return "drift";
  return /better|as good/.test(verdict) ? "ok" : "insufficient_data";
}

function describePeriod({ period, compared_at }: ComparisonReport): string {
  const made = `Made ${formatTime(Date.parse(compared_at))}`;
  if (period === null) return `${made}, by photographs that both versions answered for this comparison`;
  const cut = period.complete ? "" : "; older records are left out, because there are too many";
  return `${made}, by the inference log from ${formatTime(Date.parse(period.from))} to ${formatTime(Date.parse(period.to))}${cut}`;
}

function renderVersions(versions: readonly ComparedVersion[]): Markup {
  const row = (title: string, of: (version: ComparedVersion) => string) => [title, ...versions.map(of)];
  return renderReportTable(
    "What they answered",
    ["", ...versions.map(({ version }) => `version ${version}`)],
    [
      row("Answers to callers", ({ answers }) => String(answers)),
      row("Answers in the shadow", ({ shadow_answers }) => String(shadow_answers)),
      row("Failed answers", ({ failures }) => String(failures)),
      row("Unsure, of gradable photographs", ({ unsure }) => formatEstimate(unsure)),
      row("Mean confidence", ({ mean_confidence: mean }) =>
        mean === null ? "none" : `${mean.toFixed(1)} %`,
      ),
      row("Time in the model, median", ({ inference_time_ms: { p50 } }) => formatTimeMs(p50)),
      row("Time in the model, 95 % of answers", ({ inference_time_ms: { p95 } }) => formatTimeMs(p95)),
      ...[...new Set(versions.flatMap(({ class_ratio }) => Object.keys(class_ratio)))].map((name) =>
        row(`Answered ${name}`, ({ class_ratio }) => `${((class_ratio[name] ?? 0) * 100).toFixed(1)} %`),
      ),
    ],
  );
}

const formatTimeMs = (timeMs: number | null) => (timeMs === null ? "none" : formatDurationMs(timeMs));

function renderRealised(versions: readonly ComparedVersion[]): Markup {
  if (versions.every(({ realised }) => realised.labelled === 0)) return html``;
  const labels = [...new Set(versions.flatMap(({ realised }) => realised.classes.map(({ label }) => label)))];
  const find = (version: ComparedVersion, label: string) =>
    version.realised.classes.find((candidate) => candidate.label === label);
  return renderReportTable(
    "By clinicians' labels",
    ["", ...versions.map(({ version }) => `version ${version}`)],
    [
      ["Labelled answers", ...versions.map(({ realised }) => realised.labelled)],
      ["Accuracy", ...versions.map(({ realised }) => formatEstimate(realised.accuracy))],
      ...labels.flatMap((label) => [
        [
          `${label}: sensitivity`,
          ...versions.map((version) => formatEstimate(find(version, label)?.sensitivity ?? none)),
        ],
        [
          `${label}: specificity`,
          ...versions.map((version) => formatEstimate(find(version, label)?.specificity ?? none)),
        ],
      ]),
    ],
  );
}

const none = { value: null, low: null, high: null };

function renderTests({ agreement, paired, ab_test: test }: ComparisonReport): Markup {
  const rows: [string, string, string][] = [];
  if (agreement !== null)
    rows.push(["Same class, of photographs that both answered", formatEstimate(agreement), ""]);
  if (paired !== null) {
    rows.push([
      "Right, the second minus the first, of labelled photographs that both answered",
      ...describePaired(paired),
    ]);
    rows.push([
      "the same, looked at at any time",
      `${paired.sequential.trials} distinguished them`,
      formatP(paired.sequential.pValue),
    ]);
  }
  if (test !== null) {
    rows.push(
      [
        "Sample ratio",
        `${test.units} units, ${(test.share * 100).toFixed(0)} % for the challenger`,
        formatP(test.sample_ratio.pValue),
      ],
      ["Unsure answers depend on the version", `${test.unsure.trials} units`, formatP(test.unsure.pValue)],
      [
        "Wrong answers depend on the version",
        `${test.wrong.trials} labelled units`,
        formatP(test.wrong.pValue),
      ],
    );
  }
  return renderReportTable("Tests", ["", "", ""], rows);
}

const formatP = (pValue: number | null) =>
  pValue === null ? "" : `p ${pValue < 0.001 ? "< 0.001" : pValue.toFixed(3)}`;

const describePaired = ({ pairs, firstAlone, secondAlone, difference, pValue }: Paired): [string, string] => [
  `${formatEstimate(difference)}; ${pairs} photographs, ${firstAlone} for the first alone, ${secondAlone} for the second alone`,
  formatP(pValue),
];

function renderGuardrails(guardrails: NonNullable<ComparisonReport["ab_test"]>["guardrails"]): Markup {
  return renderReportTable(
    "Guardrails of the A/B test",
    ["", "", ""],
    guardrails.map(({ name, text, isBroken }) => [
      name.replaceAll("_", " "),
      text,
      html`<span class="${isBroken ? "drift" : "ok"}">${isBroken ? "broken: the test ends" : "kept"}</span>`,
    ]),
  );
}

function renderPhotographs(photographs: PhotographComparison): Markup {
  const { agreement, accuracy, classes, calibration_error } = photographs;
  const errors = calibration_error.map((error) => (error === null ? "none" : error.toFixed(3))).join(" and ");
  return renderReportTable(
    `${photographs.photographs} photographs that both answered`,
    ["Second minus first", "", ""],
    [
      ["Same class", formatEstimate(agreement), ""],
      ["Right", ...describePaired(accuracy)],
      ...classes.map(({ label, sensitivity }) => [`${label}: sensitivity`, ...describePaired(sensitivity)]),
      ["Calibration error of each", errors, ""],
    ],
  );
}

function renderDiffering(differing: readonly DifferingAnswer[], [first, second]: [string, string]): Markup {
  return renderReportTable(
    "Photographs about which they differ",
    ["Prediction or file", `version ${first}`, `version ${second}`, "label"],
    differing.map((answer) => [
      html`<code>${answer.id}</code>`,
      answer.first,
      answer.second,
      answer.label ?? "",
    ]),
  );
}

/** Which version had the pointer from when on. */
export function renderHistory(history: readonly ServedPeriod[]): Markup {
  return renderReportTable(
    "Who served",
    ["Version", "From", "To", "Moved by"],
    history.map(({ version, since, until, by }) => [
      version,
      formatTime(Date.parse(since)),
      until === null ? "now" : formatTime(Date.parse(until)),
      by,
    ]),
  );
}
