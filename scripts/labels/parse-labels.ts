import { decodeTable } from "../../shared/labelled-photographs/decode-table.ts";
import { parseTable } from "../../shared/labelled-photographs/parse-table.ts";
import { parseJsonOrUndefined } from "../../shared/schemas/parse-json.ts";
import { UsageError } from "../cli/parse-command-line.mjs";

const expected = "Expected a table with a header line, or JSON lines (one object per line)";

/**
 * Parses a file of labels: a table with a header line, or JSON lines. A line that is not valid JSON becomes a row with its
 * text, which is later refused by its number like any other row that cannot be added.
 *
 * @throws UsageError when the file is neither, or lacks a column; InputError when it is not UTF-8, or a quote is not closed
 */
export function parseLabels(bytes: Uint8Array, file: string): unknown[] {
  const text = decodeTable(bytes, file);
  if (text.trimStart().startsWith("[")) {
    throw new UsageError(
      `${expected}, in ${file} but received a JSON array: jq -c '.[]' makes JSON lines of it`,
    );
  }
  if (text.trimStart().startsWith("{")) return parseLines(text);
  const [firstLine = ""] = text.replace(/^\uFEFF?sep=[,;\t]\r?\n/i, "").split(/\r?\n/, 1);
  const [header = {}] = parseTable(`${firstLine}\n${firstLine}`);
  if (!("prediction_id" in header && "label" in header)) {
    throw new UsageError(
      `${expected}, with prediction_id and label in ${file} but its first line is ${firstLine.slice(0, 80) || "empty"}`,
    );
  }
  return parseTable(text);
}

const parseLines = (text: string): unknown[] =>
  text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [parseJsonOrUndefined(line) ?? line]));
