import { posix } from "node:path";

/** Longest tag or param that every MLflow of the 3.x line takes. */
const maximumTextLength = 5_000;

/** A class name as part of a metric's name. MLflow refuses names that are no plain path, such as `a//b` or `../a`. */
export function metricLabel(label: string): string {
  const plain = posix.normalize(`x${label}`) === `x${label}` && !label.endsWith("/");
  return plain ? label : label.replaceAll("/", "_");
}

/** Text that may come from a caller, as a tag or param: control characters shown as escapes, length limited. */
export function tagText(text: string): string {
  const escaped = text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
  const shown = escaped.replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
  return limitTag(shown);
}

/** Text of several lines that this program made itself, as a tag. */
export function limitTag(text: string): string {
  return text.length <= maximumTextLength ? text : `${text.slice(0, maximumTextLength - 3)}...`;
}
