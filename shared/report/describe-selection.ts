import type { WindowSelection } from "../schemas/drift-report.ts";
import type { Language } from "../schemas/language.ts";
import { formatTime } from "./format.ts";
import { wordsOf } from "./words/words-of.ts";

/** How a window was chosen: `the last 100, version 3`. */
export function describeSelection(selection: WindowSelection, language: Language): string {
  const words = wordsOf(language).window;
  const { count, from_ms: fromMs, to_ms: toMs } = selection;
  const span = words.span(
    fromMs === null ? words.start : formatTime(fromMs, language),
    toMs === null ? words.now : formatTime(toMs, language),
  );
  const filters = (["model_version", "session", "deployment"] as const).flatMap((name) => {
    const value = selection[name];
    return value === null ? [] : [words.filter[name](value)];
  });
  return [count === null ? span : words.count(count), ...filters].join(", ");
}
