// npm run log: runs SQL over the inference log of the local stack or of a deployed service.
import { openStorage } from "../shared/aws/open-storage.ts";
import { collectTable } from "../shared/inference-log/table/collect-table.ts";
import { countOf } from "../shared/report/format.ts";
import { inTemporaryFolder } from "../shared/resilience/temporary-folder.ts";
import { loadSettings } from "../shared/settings/load-settings.ts";
import { storageSettings } from "../shared/settings/storage.ts";
import { endOnSignals } from "./cli/end-on-signals.ts";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { parseSince } from "./log/parse-since.ts";
import { type QueryResult, queryTable } from "./log/query-table.ts";
import { showStep } from "./progress.mjs";
import { joinRunningStack } from "./stack/running-stack.ts";

export const run: CommandRun<"log"> = async ({ operands: [sql = ""], values }) => {
  const nowMs = Date.now();
  const sinceMs = parseSince(values.since, nowMs);
  joinRunningStack(["INFERENCE_LOG_BUCKET"]);
  const { storage } = loadSettings({ storage: storageSettings });
  const location = openStorage(storage).requireLocation();
  endOnSignals();
  return inTemporaryFolder("inference-log", async (folder) => {
    await showStep(`Reading the inference log since ${new Date(sinceMs).toISOString()}`, (say) =>
      collectTable(location, folder, { sinceMs, fromMs: nowMs }, say),
    );
    const result = await queryTable(folder, sql);
    if (values.json) printJson(toObjects(result));
    else console.log(render(result));
  });
};

const toObjects = ({ columns, rows }: QueryResult) =>
  rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));

function render({ columns, rows }: QueryResult): string {
  const cells = [columns, ...rows.map((row) => row.map((value) => (value === null ? "" : String(value))))];
  const widths = columns.map((_, index) =>
    cells.reduce((widest, row) => Math.max(widest, row[index]?.length ?? 0), 0),
  );
  const lines = cells.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n(${countOf(rows.length, "row")})`;
}
