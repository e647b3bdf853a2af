import { type GateReport, noEvaluationSet } from "../schemas/gate-report.ts";
import { renderHistory } from "./comparison-html.ts";
import { formatTime } from "./format.ts";
import { html } from "./html.ts";
import { renderReportPage, renderReportTable, renderVerdict } from "./report-page.ts";

const tones = { passed: "ok", failed: "drift", incomplete: "insufficient_data" } as const;
const cells = { passed: "ok", failed: "drift", unchecked: "unjudged" } as const;

/** What the gate says, in one or two sentences. */
export function describeGate({ verdict, checks, forced }: GateReport): string {
  const named = (status: string) =>
    checks.filter((check) => check.status === status).map(({ name }) => name.replaceAll("_", " "));
  const notChecked = named("unchecked");
  const rest = notChecked.length === 0 ? "" : ` Not checked: ${notChecked.join(", ")}.`;
  const force = forced === null ? "" : ` It was moved anyway: ${forced}.`;
  if (verdict === "failed") return `The gate refuses it: ${named("failed").join(", ")}.${rest}${force}`;
  if (verdict === "passed") return "It passed every check.";
  const needsSet = checks.some(({ text }) => text === noEvaluationSet);
  const how = needsSet ? " They need labelled photographs: set EVALUATION_SET to a folder of them." : "";
  return `Nothing failed.${rest}${how}`;
}

/** `400 photographs`, `10 photographs, 4 of them answered`. */
export const describeSet = ({ photographs, answered }: NonNullable<GateReport["evaluation_set"]>): string =>
  `${photographs} photographs${answered === photographs ? "" : `, ${answered} of them answered`}`;

/** Renders what a version was checked for before it may serve, as one page in the style of the drift report. */
export function renderGateHtml(report: GateReport): string {
  const { model, version, serving, pointer, checked_at, checked_by, evaluation_set: set } = report;
  const asked = serving === null ? "nothing serves yet" : `version ${serving} serves`;
  const by =
    set === null ? "without an evaluation set" : `by ${describeSet(set)} (${set.sha256.slice(0, 12)})`;
  const title = `${model}: may version ${version} be ${pointer}?`;
  return renderReportPage({
    title,
    heading: renderVerdict(tones[report.verdict], title, describeGate(report)),
    made: `Checked ${formatTime(Date.parse(checked_at))} by ${checked_by}, ${by}; ${asked}`,
    content: [
      renderReportTable(
        "Checks",
        ["Check", "Measured", "Outcome"],
        report.checks.map(({ name, text, status }) => [
          name.replaceAll("_", " "),
          text,
          html`<span class="${cells[status]}">${status === "unchecked" ? "not checked" : status}</span>`,
        ]),
      ),
      renderHistory(report.history),
    ],
    footer:
      "A check that could not be made has not been passed. docs/learning-loop.md says how each is made.",
  });
}
