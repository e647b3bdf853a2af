import type {
  ComparedVersion,
  ComparisonReport,
  DifferingAnswer,
  PhotographComparison,
  ServedPeriod,
} from "../schemas/comparison-report.ts";
import type { RealisedFigures } from "../schemas/realised-figures.ts";
import { formatEstimate, renderUnansweredTable } from "./evaluation-tables.ts";
import { countOf, formatDurationMs, formatTime } from "./format.ts";
import { html, type Markup } from "./html.ts";
import { renderReportPage, renderReportTable, renderVerdict } from "./report-page.ts";

type Paired = PhotographComparison["accuracy"];
type AbTest = NonNullable<ComparisonReport["ab_test"]>;
type Versions = ComparisonReport["compared"];

/** Renders a comparison of two versions as one page in the style of the drift report. */
export function renderComparisonHtml(report: ComparisonReport): string {
  const { versions, ab_test: test, photographs } = report;
  const [first, second] = report.compared;
  const title = `${report.model}: version ${second} against version ${first}`;
  return renderReportPage({
    title,
    heading: renderVerdict(tones[report.finding], title, report.verdict),
    made: describePeriod(report),
    content: [
      versions === null ? "" : renderVersions(versions),
      report.paired === null
        ? ""
        : renderRealised(
            "By clinicians' labels, of the photographs that both answered",
            report.compared,
            report.paired.realised,
          ),
      versions === null
        ? ""
        : renderRealised(
            "By clinicians' labels, of all that each answered",
            report.compared,
            versions.map(({ realised }) => realised),
          ),
      renderTests(report),
      test === null ? "" : renderGuardrails(test.guardrails),
      photographs === null ? "" : renderPhotographs(photographs, report.compared),
      photographs === null ? "" : renderRealised("By their labels", report.compared, photographs.realised),
      photographs === null ? "" : renderUnansweredTable(photographs),
      renderHistory(report.history),
      renderDiffering([...report.differing, ...(photographs?.differing ?? [])], [first, second]),
    ],
    footer: photographs === null ? servedFooter : photographsFooter,
  });
}

const photographsFooter =
  "Intervals are 95 %. In those of how much more often a version is right, photographs of one patient count as fewer; the other intervals, and p, hold only where no patient has several.";

const servedFooter =
  "Intervals are 95 %. The p-values of the tests marked “at any time” stay valid however often they are looked at. Unsure or ungradable answers differ at 0.025 or below; wrong answers " +
  "at 0.0125, because they are tested in two ways. Clinicians label doubtful answers sooner than others, so figures by labels hold for the labelled photographs only.";

const tones = {
  better: "ok",
  worse: "drift",
  test_ended: "drift",
  unreliable: "drift",
  unknown: "insufficient_data",
} as const;

function describePeriod({ period, compared_at }: ComparisonReport): string {
  const made = `Made ${formatTime(Date.parse(compared_at))}`;
  if (period === null) return `${made}, by photographs that both versions answered for this comparison`;
  const cut = period.complete ? "" : "; older records are left out, because there are too many";
  return `${made}, by the inference log from ${formatTime(Date.parse(period.from))} to ${formatTime(Date.parse(period.to))}${cut}`;
}

function renderVersions(versions: readonly ComparedVersion[]): Markup {
  const row = (title: string | Markup, of: (version: ComparedVersion) => string) => [
    title,
    ...versions.map(of),
  ];
  const hasShadow = versions.some(({ shadow_answers: count }) => count > 0);
  return renderReportTable(
    html`What they answered<small>Not of the same photographs: the tests below compare like with like.</small>`,
    ["", ...versions.map(({ version }) => `version ${version}`)],
    [
      row("Answers to callers", ({ answers }) => String(answers)),
      row("Answers in the shadow", ({ shadow_answers }) => String(shadow_answers)),
      row("Failed answers", ({ failures }) => String(failures)),
      row("Unsure, of gradable photographs", ({ unsure }) => formatEstimate(unsure)),
      row("Called ungradable", ({ ungradable }) => formatEstimate(ungradable)),
      row("Mean confidence", ({ mean_confidence: mean }) =>
        mean === null ? "none" : `${mean.toFixed(1)} %`,
      ),
      row("Time in the model", ({ inference_time_ms: times }) => formatTimes(times)),
      ...(hasShadow
        ? [
            row(
              html`Time in the shadow<small>longer, because callers' requests go first</small>`,
              ({ shadow_time_ms: times }) => formatTimes(times),
            ),
          ]
        : []),
      ...[...new Set(versions.flatMap(({ class_ratio }) => Object.keys(class_ratio)))].map((name) =>
        row(`Answered ${name}`, ({ class_ratio }) => `${((class_ratio[name] ?? 0) * 100).toFixed(1)} %`),
      ),
    ],
  );
}

const formatTimes = ({ p50, p95 }: ComparedVersion["inference_time_ms"]) =>
  p50 === null || p95 === null ? "none" : `${formatDurationMs(p50)} (95 % within ${formatDurationMs(p95)})`;

function renderRealised(
  caption: string,
  compared: readonly string[],
  figures: readonly RealisedFigures[],
): Markup {
  if (figures.every(({ labelled }) => labelled === 0)) return html``;
  const labels = [...new Set(figures.flatMap(({ classes }) => classes.map(({ label }) => label)))];
  const find = ({ classes }: RealisedFigures, label: string) =>
    classes.find((candidate) => candidate.label === label);
  return renderReportTable(
    caption,
    ["", ...compared.map((version) => `version ${version}`)],
    [
      ["Labelled answers", ...figures.map(({ labelled }) => labelled)],
      ["Accuracy", ...figures.map(({ accuracy }) => formatEstimate(accuracy))],
      ...labels.flatMap((label) => [
        [
          `${label}: sensitivity`,
          ...figures.map((of) => formatEstimate(find(of, label)?.sensitivity ?? none)),
        ],
        [
          `${label}: specificity`,
          ...figures.map((of) => formatEstimate(find(of, label)?.specificity ?? none)),
        ],
      ]),
    ],
  );
}

const none = { value: null, low: null, high: null };

function renderTests({ agreement, paired, ab_test: test, compared }: ComparisonReport): Markup {
  const rows: [string | Markup, string, string][] = [];
  if (agreement !== null)
    rows.push(["Same class, of photographs that both answered", formatEstimate(agreement), ""]);
  if (paired !== null) {
    rows.push(
      [
        html`${describeRight(compared)}<small>of labelled photographs that both answered, the first of each key of the A/B test, else each picture once; p holds only where no patient has several of them</small>`,
        ...describePaired(paired, compared),
      ],
      [
        "The same, at any time",
        `${countOf(paired.sequential.trials, "photograph")} on which one alone is right`,
        formatP(paired.sequential.pValue),
      ],
    );
  }
  if (test !== null) {
    rows.push(
      [
        "Sample ratio, at any time",
        `${test.challenger_units} of ${countOf(test.units, "unit")} for version ${compared[1]}, ${percent(test.challenger_units / test.units)}; intended ${percent(test.share)}`,
        formatP(test.sample_ratio.pValue),
      ],
      ["Unsure or ungradable in each arm, at any time", ...describeArms(test.unsure, compared, "units")],
      ["Wrong in each arm, at any time", ...describeArms(test.wrong, compared, "labelled units")],
      ["Labelled equally often in each arm, at any time", "", formatP(test.wrong.sample_ratio.pValue)],
    );
  }
  return renderReportTable("Tests", ["", "", "p"], rows);
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const formatP = (pValue: number | null) => {
  if (pValue === null) return "";
  return pValue < 0.001 ? "< 0.001" : pValue.toFixed(3);
};

const describeRight = ([first, second]: Versions) =>
  `How much more often version ${second} is right than version ${first}`;

const describePaired = (
  { pairs, firstAlone, secondAlone, difference, pValue }: Paired,
  [first, second]: Versions,
): [string, string] => [
  `${formatEstimate(difference)}; of ${countOf(pairs, "photograph")}, version ${first} alone is right on ${firstAlone}, version ${second} alone on ${secondAlone}`,
  formatP(pValue),
];

const describeArms = (
  { trials, pValue, champion, challenger }: AbTest["unsure"],
  [first, second]: Versions,
  kind: string,
): [string, string] => [
  `version ${first} ${formatEstimate(champion)}, version ${second} ${formatEstimate(challenger)}, of ${trials} ${kind}`,
  trials === 0 ? "" : formatP(pValue),
];

function renderGuardrails(guardrails: NonNullable<ComparisonReport["ab_test"]>["guardrails"]): Markup {
  return renderReportTable(
    "Guardrails of the A/B test",
    ["", "Measured", ""],
    guardrails.map(({ name, text, isBroken }) => [
      name.replaceAll("_", " "),
      text,
      html`<span class="${isBroken ? "drift" : "ok"}">${isBroken ? "broken: the test ends" : "kept"}</span>`,
    ]),
  );
}

function renderPhotographs(photographs: PhotographComparison, compared: Versions): Markup {
  const { agreement, accuracy, classes, calibration_error } = photographs;
  const errors = calibration_error.map(
    (error, index) => `version ${compared[index]} ${error === null ? "none" : error.toFixed(3)}`,
  );
  return renderReportTable(
    `${countOf(photographs.photographs, "photograph")} that both answered`,
    ["", "", "p (McNemar)"],
    [
      ["Same class", formatEstimate(agreement), ""],
      [describeRight(compared), ...describePaired(accuracy, compared)],
      ...classes.map(({ label, sensitivity }) => [
        html`${describeRight(compared)}<small>of photographs of ${label}</small>`,
        ...describePaired(sensitivity, compared),
      ]),
      ["Calibration error", errors.join(", "), ""],
    ],
  );
}

function renderDiffering(differing: readonly DifferingAnswer[], [first, second]: Versions): Markup {
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

/** A table of which version had the pointer, and from when. */
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
