import { monthlyCost } from "../costs/monthly-cost.ts";
import prices from "../costs/prices.json" with { type: "json" };

interface Resource {
  Type: string;
  Condition?: string;
  Properties?: { Metrics?: readonly { MetricStat?: unknown }[] };
}

interface Template {
  Resources: Record<string, Resource>;
}

type Sink = "s3" | "firehose";

/** How many metrics the drift job (docs/drift.md), learning and predict emit for a model of four classes. */
export const ownMetrics = 29;
const predictionsPerDay = [1_000, 100_000, 1_000_000];

/**
 * Describes what a month costs, one line per number of predictions.
 *
 * @param env of which AUTH and INFERENCE_LOG_SINK are read
 */
export function describeCost(template: Template, env: Record<string, string | undefined>): string {
  const hasKeys = env.AUTH === "key";
  const sink = env.INFERENCE_LOG_SINK === "firehose" ? "firehose" : "s3";
  const deployment = { ...countWatching(template, sink), metrics: ownMetrics, hasKeys, sink } as const;
  const lines = predictionsPerDay.map(
    (count) =>
      `  ${count.toLocaleString("en").padStart(9)} predictions per day: ${monthlyCost(count, deployment).toFixed(0).padStart(5)} US dollars per month`,
  );
  return [...lines, `  (${prices.source}; MLflow not included)`].join("\n");
}

/** Counts what a template has for whoever watches the service; an alarm on Firehose is there where that takes the records. */
export function countWatching(
  { Resources }: Template,
  sink: Sink,
): { alarmMetrics: number; dashboards: number } {
  const resourcesOf = (type: string) =>
    Object.values(Resources).filter(
      ({ Type, Condition }) => Type === type && (Condition !== "HasLogStream" || sink === "firehose"),
    );
  const metricsOf = resourcesOf("AWS::CloudWatch::Alarm").map(
    ({ Properties }) => Properties?.Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1,
  );
  return {
    alarmMetrics: metricsOf.reduce((sum, count) => sum + count, 0),
    dashboards: resourcesOf("AWS::CloudWatch::Dashboard").length,
  };
}
