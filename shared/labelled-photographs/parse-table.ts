import { InputError } from "../errors/input-error.ts";

/**
 * Parses a table with a header line, separated by commas, tabs or semicolons (which Excel writes where the decimal sign is a
 * comma; a line `sep=;` before the header may name the separator). RFC 4180: quoted fields may hold separators, line breaks
 * and doubled quotes.
 *
 * @returns one record per row, by the header's names in lower case
 * @throws InputError when a column's name comes twice, or a quote is not closed, because the end of its field is then unknown
 */
export function parseTable(text: string): Record<string, string>[] {
  const [, named, table = ""] = /^\uFEFF?(?:sep=([,;\t])\r?\n)?(.*)$/is.exec(text) ?? [];
  const separator = named ?? findSeparator(table.split("\n", 1)[0] ?? "");
  const [header, ...lines] = splitFields(table, separator);
  const names = (header ?? []).map((name) => name.trim().toLowerCase());
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InputError(`Expected each column of the table once but ${twice} stands in its header twice`);
  return lines
    .filter((fields) => fields.some((field) => field !== ""))
    .map((fields) => Object.fromEntries(names.map((name, index) => [name, (fields[index] ?? "").trim()])));
}

function unquote(value: string, line: number): string {
  if (!value.startsWith('"')) return value;
  if (/^"(?:[^"]|"")*"$/.test(value)) return value.slice(1, -1).replaceAll('""', '"');
  throw new InputError(
    `Expected a quote to be closed at the end of its field but row ${line - 1} of the table has ${value.slice(0, 60)}`,
  );
}

/** The first of these separators that the header contains. */
const findSeparator = (header: string) =>
  ["\t", ",", ";"].find((separator) => header.includes(separator)) ?? ",";

function splitFields(text: string, separator: string): string[][] {
  const field = new RegExp(`("(?:[^"]|"")*"|[^${separator}\\r\\n]*)(${separator}|\\r?\\n|$)`, "gy");
  const lines: string[][] = [[]];
  for (let match = field.exec(text); match !== null; match = field.exec(text)) {
    const [whole, value = "", end = ""] = match;
    lines.at(-1)?.push(unquote(value, lines.length));
    if (end === "" || whole === "") break;
    if (end !== separator) lines.push([]);
  }
  return lines;
}
