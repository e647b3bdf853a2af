import prices from "./prices.json" with { type: "json" };

const daysPerMonth = 30;
/** Time of predict per prediction, with writing to MLflow after the answer: 30 ms measured (docs/deploy.md), taken as 50. */
const busySeconds = 0.05;
const predictGb = 1769 / 1024;
const authorizerSeconds = 0.005;
const authorizerGb = 256 / 1024;
const logGbPerPrediction = 1e-6;
/** An hourly drift job that reads 100 objects (docs/deploy.md). */
const driftReadsPerMonth = 720 * 100;
const warmCallsPerMonth = 8_640;

export interface PricedDeployment {
  /** Metrics that alarms watch: one that computes with two of them costs as much as two alarms. */
  alarmMetrics: number;
  metrics: number;
  dashboards: number;
  hasKeys: boolean;
  /** Where records are written: INFERENCE_LOG_SINK. */
  sink: "s3" | "firehose";
}

/** US dollars per month: the fixed costs and those of the predictions. */
export function monthlyCost(predictionsPerDay: number, deployment: PricedDeployment): number {
  const { alarmMetrics, metrics, dashboards } = deployment;
  const fixed =
    alarmMetrics * prices.alarmMonth +
    metrics * prices.metricMonth +
    dashboards * prices.dashboardMonth +
    warmCallsPerMonth * busySeconds * predictGb * prices.lambdaGbSecondX86 +
    driftReadsPerMonth * prices.s3Get;
  return fixed + predictionsPerDay * daysPerMonth * costPerPrediction(deployment);
}

function costPerPrediction({ hasKeys, sink }: PricedDeployment): number {
  const lambda = busySeconds * predictGb * prices.lambdaGbSecondX86 + prices.lambdaRequest;
  const authorizer = authorizerSeconds * authorizerGb * prices.lambdaGbSecondX86 + prices.lambdaRequest;
  const record =
    sink === "s3" ? prices.s3Put + prices.s3Get : (prices.firehoseGb * prices.firehoseUnitBytes) / 2 ** 30;
  return (
    lambda + (hasKeys ? authorizer : 0) + prices.httpApiRequest + record + logGbPerPrediction * prices.logsGb
  );
}
