import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = path.resolve(import.meta.dirname, "../../..");
const resources = path.join(root, "resources");
const template = readdirSync(resources)
  .map((file) => readFileSync(path.join(resources, file), "utf8"))
  .join("\n");
const alarms = [...template.matchAll(/^ {2}(\w+):\n {4}Type: AWS::CloudWatch::Alarm$/gm)].map(([, name]) =>
  toAnchor(name as string),
);
const linked = [...template.matchAll(/docs\/runbook\.md#([a-z-]+)/g)].map(([, anchor]) => anchor as string);
const runbook = readFileSync(path.join(root, "docs/runbook.md"), "utf8");
const entries = [...runbook.matchAll(/^## (\w[\w ]* alarm)$/gm)].map(([, heading]) =>
  toAnchor(heading as string),
);

test("the template has alarms", () => {
  expect(alarms.length).toBeGreaterThan(20);
});

test.each(alarms)("the runbook says what to do about %s", (alarm) => {
  expect(entries.some((entry) => alarm.endsWith(entry))).toBe(true);
});

test.each([...new Set(linked)])("a link of the template to #%s leads to an entry", (anchor) => {
  const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => toAnchor(heading as string));
  expect(headings).toContain(anchor);
});

test.each(entries)("the runbook's entry %s is about an alarm of the template", (entry) => {
  expect(alarms.some((alarm) => alarm.endsWith(entry))).toBe(true);
});

test("the runbook starts the drift job where its alarms hear of it", () => {
  const { functions } = parse(readFileSync(path.join(root, "serverless.yml"), "utf8"), {
    logLevel: "silent",
  });
  const started = [...runbook.matchAll(/--function-name fundus-lambda-\$STAGE-(\S+)/g)].map(
    ([, name]) => name,
  );
  expect(started).toEqual(["drift", "drift"]);
  expect(Object.keys(functions)).toEqual(expect.arrayContaining(started));
});

/** `PredictErrorsAlarm` and `Predict errors alarm` become `predict-errors-alarm`. */
function toAnchor(name: string): string {
  return name
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-")
    .replaceAll(" ", "-")
    .toLowerCase();
}
