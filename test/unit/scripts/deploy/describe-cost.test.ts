import { expect, it } from "vitest";
import { monthlyCost } from "../../../../scripts/costs/monthly-cost.ts";
import { describeCost } from "../../../../scripts/deploy/describe-cost.ts";

const nothing = { alarms: 0, metrics: 0, hasKeys: false, sink: "s3" } as const;

it("is per prediction what docs/deploy.md adds up: 0.0085 US dollars per 1,000", () => {
  const perThousand = (monthlyCost(1_000, nothing) - monthlyCost(0, nothing)) / 30;
  expect(perThousand).toBeCloseTo(0.0085, 3);
});

it("counts the template's alarms, and the authorizer where there are keys", () => {
  expect(monthlyCost(0, { ...nothing, alarms: 10 }) - monthlyCost(0, nothing)).toBeCloseTo(1);
  const keys = monthlyCost(1_000_000, { ...nothing, hasKeys: true }) - monthlyCost(1_000_000, nothing);
  expect(keys).toBeGreaterThan(5);
});

it("is much less per prediction where Firehose takes the records", () => {
  const through = (sink: "s3" | "firehose") => monthlyCost(1_000_000, { ...nothing, sink });
  expect(through("s3") - through("firehose")).toBeCloseTo(30 * (5 + 0.4 - 0.138), 0);
});

it("is shown for three numbers of predictions", () => {
  const text = describeCost({ Resources: { A: { Type: "AWS::CloudWatch::Alarm" } } }, { AUTH: "key" });
  expect(text.match(/predictions per day: +\d+ US dollars per month/g)).toHaveLength(3);
});
