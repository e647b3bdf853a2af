import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { monthlyCost } from "../../../../scripts/costs/monthly-cost.ts";
import prices from "../../../../scripts/costs/prices.json" with { type: "json" };
import { countWatching, describeCost, ownMetrics } from "../../../../scripts/deploy/describe-cost.ts";
import { listEmittedMetrics } from "../../../support/emitted-metrics.ts";

const nothing = { alarmMetrics: 0, metrics: 0, dashboards: 0, hasKeys: false, sink: "s3" } as const;
const resources = readdirSync("resources").map(
  (file) =>
    parse(readFileSync(`resources/${file}`, "utf8"), { maxAliasCount: -1, logLevel: "silent" }).Resources ??
    {},
);
const template = { Resources: Object.assign({}, ...resources) };

it("is per prediction what docs/deploy.md adds up: 0.0085 US dollars per 1,000", () => {
  const perThousand = (monthlyCost(1_000, nothing) - monthlyCost(0, nothing)) / 30;
  expect(perThousand).toBeCloseTo(0.0085, 3);
});

it("counts metrics of alarms, dashboards, and the authorizer where there are keys", () => {
  const more = { ...nothing, alarmMetrics: 10, dashboards: 1 };
  expect(monthlyCost(0, more) - monthlyCost(0, nothing)).toBeCloseTo(1 + 3);
  const keys = monthlyCost(1_000_000, { ...nothing, hasKeys: true }) - monthlyCost(1_000_000, nothing);
  expect(keys).toBeGreaterThan(5);
});

it("counts each metric of an alarm that computes with several", () => {
  const one = { Type: "AWS::CloudWatch::Alarm" };
  const two = { ...one, Properties: { Metrics: [{}, { MetricStat: {} }, { MetricStat: {} }] } };
  expect(countWatching({ Resources: { one, two } }, "s3")).toEqual({ alarmMetrics: 3, dashboards: 0 });
});

it("counts the template's alarms and dashboards and every metric that the service emits, as docs/deploy.md does", () => {
  expect(listEmittedMetrics().size).toBe(ownMetrics);
  const { alarmMetrics, dashboards } = countWatching(template, "s3");
  expect({ dashboards, hasAlarms: alarmMetrics > 20 }).toEqual({ dashboards: 1, hasAlarms: true });
  const together =
    alarmMetrics * prices.alarmMonth + ownMetrics * prices.metricMonth + dashboards * prices.dashboardMonth;
  const text = readFileSync("docs/deploy.md", "utf8").replace(/\s+/g, " ");
  expect(text).toContain(`${alarmMetrics} metrics in alarms x 0.10, ${ownMetrics} metrics of`);
  expect(text).toContain(` x 0.30 and a dashboard of 3.00 = ${together.toFixed(2)} (`);
});

it("has alarms on metrics that the service emits alone", () => {
  const own = readFileSync("resources/alarms.yml", "utf8").matchAll(/MetricName: ([a-z_]+)$/gm);
  const watched = [...own].map(([, name = ""]) => name);
  const emitted = listEmittedMetrics();
  expect(watched.length).toBeGreaterThan(8);
  expect(watched.filter((name) => !emitted.has(name))).toEqual([]);
});

it("counts the alarm on Firehose where that takes the records", () => {
  const through = (sink: "s3" | "firehose") => countWatching(template, sink).alarmMetrics;
  expect(through("firehose") - through("s3")).toBe(1);
});

it("is much less per prediction where Firehose takes the records", () => {
  const through = (sink: "s3" | "firehose") => monthlyCost(1_000_000, { ...nothing, sink });
  expect(through("s3") - through("firehose")).toBeCloseTo(30 * (5 + 0.4 - 0.138), 0);
});

it("is shown for three numbers of predictions", () => {
  const text = describeCost({ Resources: { A: { Type: "AWS::CloudWatch::Alarm" } } }, { AUTH: "key" });
  expect(text.match(/predictions per day: +\d+ US dollars per month/g)).toHaveLength(3);
});
