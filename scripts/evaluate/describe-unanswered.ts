import type { UnansweredPhotograph } from "../../shared/schemas/evaluation-report.ts";

/** As many as fit on a screen beside the figures; the report lists all. */
const shown = 10;

/** The photographs that no figure counts, with the reason of each, as lines for a terminal; none where all were answered. */
export function describeUnanswered(unanswered: readonly UnansweredPhotograph[]): string[] {
  if (unanswered.length === 0) return [];
  const more = unanswered.length - shown;
  return [
    "",
    "Not answered, and in no figure",
    ...unanswered.slice(0, shown).map(({ file, reason }) => `  ${file}: ${reason}`),
    ...(more > 0 ? [`  and ${more} more, which the report names`] : []),
  ];
}
