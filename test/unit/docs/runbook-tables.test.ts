import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { listEmittedMetrics } from "../../support/emitted-metrics.ts";

const runbook = readFileSync("docs/runbook.md", "utf8");
const sources = globSync(["functions/**/*.ts", "shared/**/*.ts"], {
  exclude: ["**/browser/**", "**/node_modules/**", "**/test/**"],
});

/** First cells of the table below a heading. */
function cellsBelow(heading: string): string[] {
  const [, section = ""] = runbook.split(`## ${heading}\n`);
  const rows = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(1).map((row) => row.split(" | ")[0]?.slice(2) ?? "");
}

it("explains every metric that a function emits, and no other", () => {
  const emitted = [...listEmittedMetrics()].map((name) =>
    name.replace(/^(recent_class_ratio)_.+/, "$1_CLASS"),
  );
  const explained = cellsBelow("Metrics").flatMap((cell) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(explained.sort()).toEqual([...new Set(emitted)].sort());
});

it("explains every message of level WARN and ERROR, and no other", () => {
  // The message is the first argument, or one of the two texts of a condition there.
  const call = /\b(?:log\.(?:warn|error)|fail)\(\s*(?:\w+\s*\?\s*"([A-Z][^"]+)"\s*:\s*)?(["'])([A-Z].+?)\2,/g;
  const messages = sources.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(call)].flatMap(([, ifTrue, , message]) =>
      ifTrue === undefined ? [message] : [ifTrue, message],
    ),
  );
  expect(messages.length).toBeGreaterThan(25);
  expect(cellsBelow("Log messages").sort()).toEqual([...new Set(messages)].sort());
});

it("explains every part of the drift job", () => {
  const parts = [...readFileSync("functions/drift/analyse.ts", "utf8").matchAll(/parts\.run\("(\w+)"/g)].map(
    ([, part]) => part,
  );
  const explained = cellsBelow("Drift job alarm").flatMap((cell) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(explained.sort()).toEqual(parts.sort());
});
