type Cell = string | number;

/** A table in Markdown; numbers are right-aligned and rounded to three significant digits. */
export function renderTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map(renderCell));
  const widths = columns.map((name, i) => Math.max(name.length, ...texts.map((row) => row[i]?.length ?? 0)));
  const isNumeric = columns.map((_, i) => rows.some((row) => typeof row[i] === "number"));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (isNumeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join(" | ")} |`;
  const rule = `|${widths.map((width, i) => `${"-".repeat(width + 1)}${isNumeric[i] ? ":" : "-"}`).join("|")}|`;
  return [line(columns), rule, ...texts.map(line)].join("\n");
}

function renderCell(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if (!Number.isFinite(cell)) return "–";
  return cell >= 100 ? String(Math.round(cell)) : String(Number(cell.toPrecision(3)));
}
