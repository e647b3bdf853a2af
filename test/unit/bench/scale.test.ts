import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import prices from "../../../scripts/costs/prices.json" with { type: "json" };
import type { PredictionRecord } from "../../../shared/schemas/inference-record.ts";
import { computeGroupEntry } from "../../../shared/tracking/entries/mlflow-entry.ts";
import { estimateDay } from "../../bench/scale/estimate.ts";
import { measured, pace } from "../../bench/scale/inputs.ts";
import { renderScale } from "../../bench/scale/render-scale.ts";
import { createTestSession } from "../../support/test-session.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";

const template = readFileSync("serverless.yml", "utf8");

describe("the estimate of docs/scale.md", () => {
  it("is what the document says", () => {
    expect(readFileSync("docs/scale.md", "utf8")).toContain(renderScale());
  });

  it("costs less than 3 dollars per million with the HTTP API and less than 2 with a function URL", () => {
    for (const predictions of [100_000, 3_000_000]) {
      const { dollars } = estimateDay(predictions, "firehose");
      expect(dollars.withHttpApi).toBeLessThan(3);
      expect(dollars.withUrl).toBeLessThan(2);
    }
  });

  it("adds up what each item costs by its price", () => {
    const { items, withHttpApi, withUrl } = estimateDay(3_000_000, "firehose").dollars;
    expect(items["Lambda, requests"]).toBeCloseTo(0.2, 9);
    expect(items["Lambda, time"]).toBeCloseTo((1e6 * 1769 * measured.busyMs * 0.0000166667) / 1024 / 1000, 9);
    expect(items["the record"]).toBeCloseTo((5_120 * 1e6 * prices.firehoseGb) / 1024 ** 3, 9);
    expect(estimateDay(3_000_000, "s3").dollars.items["the record"]).toBeCloseTo(5, 9);
    expect(Object.values(items).reduce((sum, item) => sum + item, 0)).toBeCloseTo(withHttpApi, 9);
    expect(withHttpApi - withUrl).toBeCloseTo(1, 9);
  });

  it("has an environment for all but one in a thousand moments", () => {
    // Poisson with mean 5: P(X <= 12) = 0.998, P(X <= 13) = 0.9993.
    const busySeconds = measured.busyMs / 1000;
    const predictions = (5 / busySeconds / 3) * 36_000;
    expect(estimateDay(predictions, "s3").environments).toBe(13);
    expect(estimateDay(1, "s3").environments).toBe(1);
  });

  it("calls MLflow for a window a minute where predictions come faster than they are written one by one", () => {
    const { mlflow } = estimateDay(3_000_000, "firehose");
    expect(mlflow.calls).toBeCloseTo(mlflow.environments * 600, 6);
    expect(mlflow.databaseGbPerYear).toBeLessThan(20);
    // 600 calls of 9 rows each in ten hours, one environment: 36,000 predictions per day are 60 per minute.
    const slow = estimateDay(36_000, "s3").mlflow;
    expect(slow.calls).toBeCloseTo(36_000 / 6, 6);
    expect(slow.rows).toBeGreaterThan(36_000 * 10);
  });

  it("starts from about as many rows as are written", () => {
    const session = createTestSession();
    const [first, second] = [1, 2].map(() =>
      session.recordPrediction(createPredictionEvent({ decision: "confident", warnings: [] })),
    ) as [PredictionRecord, PredictionRecord];
    const single = computeGroupEntry([first]);
    const window = computeGroupEntry([first, second]).metrics.length;
    const { rows } = measured;
    expect(Math.abs(single.metrics.length - rows.single)).toBeLessThanOrEqual(2);
    expect(Math.abs(single.session.length - rows.session)).toBeLessThanOrEqual(2);
    expect(Math.abs(window - rows.window)).toBeLessThanOrEqual(2);
  });

  it("starts from the memory, the pace and the buffer that are deployed", () => {
    expect(template).toMatch(
      new RegExp(`memorySize: ${Math.round(measured.memoryGb * 1024)} # one whole processor\\n`),
    );
    const settings = readFileSync("shared/settings/tracking.ts", "utf8");
    expect(settings).toContain(`isFrozen ? ${pace.holdSeconds} : 1`);
    expect(settings).toContain(`isFrozen ? ${pace.aggregateAbovePerMinute} : 0`);
  });
});
