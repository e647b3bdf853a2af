import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("has an entry for every alarm whose description names one", () => {
  const alarms = readFileSync("resources/alarms.yml", "utf8");
  const named = [...alarms.matchAll(/docs\/runbook\.md#([\w-]+)/g)].map(([, anchor]) => anchor);
  const headings = [...readFileSync("docs/runbook.md", "utf8").matchAll(/^##+ (.+)$/gm)];
  const anchors = headings.map(([, heading = ""]) => heading.toLowerCase().replaceAll(" ", "-"));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((anchor) => !anchors.includes(anchor ?? ""))).toEqual([]);
});
