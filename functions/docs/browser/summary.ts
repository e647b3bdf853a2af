import type { Outcome } from "./classify.ts";
import type { Eye } from "./eye-choice.ts";
import {
  describeDecision,
  describeOrigin,
  formatClass,
  formatPercent,
  listNamed,
  sortedClasses,
} from "./format.ts";
import { type Language, texts } from "./texts.ts";

/**
 * Renders an answer as text for the clipboard, with the warning that it may be wrong. It holds nothing that identifies the
 * patient: neither the photograph nor its file's name.
 */
export function renderSummary(
  name: string,
  eye: Eye | undefined,
  { prediction, answeredAt }: Extract<Outcome, { kind: "answered" }>,
  language: Language,
): string {
  const words = texts[language];
  const shares = sortedClasses(prediction.all_predictions).map(
    ([label, percent]) => `${formatClass(label, language)} ${formatPercent(percent, language)}`,
  );
  const named = listNamed(prediction, language).map(([name, percent]) => `${name} ${percent}`.trimEnd());
  return [
    eye === undefined ? name : `${name}: ${words[eye]}`,
    prediction.decision === "ungradable"
      ? words.ungradable
      : `${describeDecision(prediction, language)}: ${named.join("; ")}`,
    ...prediction.warnings.map(({ code }) => `- ${words[code]}`),
    shares.join(", "),
    describeOrigin(prediction, answeredAt, language),
    `${words.noticeTitle} ${words.caution}`,
  ].join("\n");
}
