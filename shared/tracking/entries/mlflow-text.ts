import { createHash } from "node:crypto";
import { posix } from "node:path";

/** Longest tag or param that every MLflow of the 3.x line takes. */
const maximumTextLength = 5_000;

/** MLflow accepts in a metric's name only letters and digits of any language, `_`, `.`, `-`, space and `/`. */
const refused = /[^\p{L}\p{N}_.\- /]/gu;
/** MLflow takes 250 characters; the longest prefix is `recent_class_ratio_`. */
const longestLabel = 200;

/**
 * A class name as part of a metric's name. MLflow refuses some characters, such as brackets, and names that are not a
 * plain path, such as `a//b` or `../a`. In such a label `_` replaces what is refused, and the beginning of the label's
 * SHA-256 is appended, so that no two labels share a metric.
 */
export function metricLabel(label: string): string {
  const composed = label.normalize("NFC").slice(0, longestLabel);
  const safe = composed.replace(refused, "_");
  const isPath = posix.normalize(`x${safe}`) === `x${safe}` && !safe.endsWith("/");
  const plain = isPath ? safe : safe.replaceAll("/", "_");
  return plain === label ? label : `${plain}-${createHash("sha256").update(label).digest("hex").slice(0, 8)}`;
}

/** Text for a tag or param that may come from a caller: control characters become escapes, the length is limited. */
export function tagText(text: string): string {
  const escaped = text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
  const shown = escaped.replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
  return limitTag(shown);
}

/** Text for a tag that this program made itself, line breaks included. */
export function limitTag(text: string): string {
  return text.length <= maximumTextLength ? text : `${text.slice(0, maximumTextLength - 3)}...`;
}
