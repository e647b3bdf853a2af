import { renderSources } from "../../shared/model-versions/describe-contract.ts";
import type { ListedVersion } from "../../shared/model-versions/list-models.ts";

/**
 * Renders versions as a table for a terminal, and below it what each declares and what is assumed.
 *
 * @param serving number of the version that predict reported as the one it serves
 */
export function renderModels(versions: readonly ListedVersion[], serving: string | undefined): string {
  const rows = versions.map(({ version, createdMs, stage, aliases, wanted, trial }) => [
    version,
    new Date(createdMs).toISOString().slice(0, 16).replace("T", " "),
    stage === "None" ? "" : stage,
    aliases.map((alias) => `@${alias}`).join(" "),
    [wanted ? "wanted" : "", version === serving ? "serves" : ""].filter(Boolean).join(", "),
    "problem" in trial
      ? `no: ${trial.problem.replace(/\s+/g, " ")}`
      : `yes, on ${trial.engine}: ${trial.contract.labels.join(", ")}`,
  ]);
  const table = renderTable(["version", "created", "stage", "aliases", "service", "can be served"], rows);
  return [table, ...versions.flatMap(renderTrial)].join("\n");
}

function renderTrial({ version, trial }: ListedVersion): string[] {
  return "problem" in trial
    ? []
    : [`\nversion ${version}`, ...renderSources(trial).map((line) => `  ${line}`)];
}

export function renderTable(header: readonly string[], rows: readonly string[][]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [header, ...rows].map(line).join("\n");
}
