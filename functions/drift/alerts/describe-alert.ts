import {
  adviseOwnReference,
  chooseCommand,
  joinCauses,
  listNextSteps,
} from "../../../shared/report/advice.ts";
import { formatTime } from "../../../shared/report/format.ts";
import { wordsOf } from "../../../shared/report/words/words-of.ts";
import type { DriftReport } from "../../../shared/schemas/drift-report.ts";
import type { Alert, Transition } from "./alert-episode.ts";

/** The message about a transition, in the report's language. */
export function describeAlert(
  { kind, episode }: Transition,
  report: DriftReport,
  links: readonly string[],
): Alert {
  const words = wordsOf(report.language).alert;
  const command = chooseCommand(report);
  const subject = kind === "drift_began" ? words.began(joinCauses(report)) : words.ended;
  const [advice] = listNextSteps(report);
  const own = adviseOwnReference(report);
  const lines = [
    subject,
    words.since(formatTime(episode.began_ms, report.language)),
    ...(kind === "drift_began" && advice !== undefined ? [words.look(advice)] : []),
    ...(kind === "drift_began" && own !== undefined ? [own] : []),
    ...links.map(words.report),
    ...(kind === "drift_began" ? [words.type(command)] : []),
  ];
  return {
    kind,
    episode_id: episode.id,
    subject,
    text: lines.join("\n"),
    severity: report.severity === "insufficient_data" ? "ok" : report.severity,
    causes: kind === "drift_began" ? episode.causes : [],
    links: [...links],
    command,
  };
}
