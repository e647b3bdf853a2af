import { type InferenceLogRecord, inferenceLogRecordSchema } from "../schemas/inference-record.ts";
import { parseJsonOrUndefined } from "../schemas/parse-json.ts";

/** A line of the log as it was written, with its record if it holds one. */
export interface LogLine {
  text: string;
  /** Undefined when the line is broken. */
  record: InferenceLogRecord | undefined;
}

/** One line of JSON with its line feed; JSON escapes whatever a caller's text holds. */
export function renderLogLine(record: InferenceLogRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/**
 * Lines of one object of the log. A line that is not a record is kept as text, so that nothing is lost.
 *
 * @param parts only lines that contain one of these texts
 */
export function parseLogLines(bytes: Uint8Array, parts: readonly string[] = [""]): LogLine[] {
  const lines = new TextDecoder().decode(bytes).split("\n");
  return lines.filter((text) => text !== "" && parts.some((part) => text.includes(part))).map(parseLogLine);
}

export const parseLogLine = (text: string): LogLine => ({
  text,
  record: inferenceLogRecordSchema.safeParse(parseJsonOrUndefined(text)).data,
});
