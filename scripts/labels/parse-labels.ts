import { parseTable } from "../../shared/labelled-photographs/parse-table.ts";
import { UsageError } from "../cli/parse-command-line.mjs";

const expected = "Expected a table with a header line, or JSON lines (one object per line)";

/**
 * Parses a file of labels: a table with a header line, or JSON lines. A line that is not valid JSON becomes a row with its
 * text, which is later refused by its number like any other row that cannot be added.
 *
 * @throws UsageError when the file is neither, lacks a column, or is not UTF-8; InputError when a quote is not closed
 */
export function parseLabels(bytes: Uint8Array, file: string): unknown[] {
  const text = decode(bytes, file);
  if (text.trimStart().startsWith("[")) {
    throw new UsageError(
      `${expected}, in ${file} but received a JSON array: jq -c '.[]' makes JSON lines of it`,
    );
  }
  if (text.trimStart().startsWith("{")) return parseLines(text);
  const firstLine = text.split(/\r?\n/, 1)[0] ?? "";
  const [header = {}] = parseTable(`${firstLine}\n${firstLine}`);
  if (!("prediction_id" in header && "label" in header)) {
    throw new UsageError(
      `${expected}, with prediction_id and label in ${file} but its first line is ${firstLine.slice(0, 80) || "empty"}`,
    );
  }
  return parseTable(text);
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(
      `Expected UTF-8 in ${file} but it has other bytes: save it again as "CSV UTF-8", or convert it (iconv -f WINDOWS-1252 -t UTF-8)`,
      { cause },
    );
  }
}

const parseLines = (text: string): unknown[] =>
  text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [parseLine(line)]));

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
