import prices from "./prices.json" with { type: "json" };

const daysPerMonth = 30;
/** Of predict, with the writing to MLflow after the answer: docs/lambda.md measured 30 ms. */
const busySeconds = 0.05;
const predictGb = 1769 / 1024;
const authorizerSeconds = 0.005;
const authorizerGb = 256 / 1024;
const logGbPerPrediction = 1e-6;
/** What an hour of the drift job reads: docs/deploy.md. */
const driftReadsPerMonth = 720 * 100;
const warmCallsPerMonth = 8_640;

export interface Deployment {
  alarms: number;
  metrics: number;
  hasKeys: boolean;
  /** What takes a prediction's record: INFERENCE_LOG_SINK. */
  sink: "s3" | "firehose";
}

/** US dollars per month: what every prediction costs, what is paid without any, and both together. */
export function monthlyCost(predictionsPerDay: number, deployment: Deployment): number {
  const { alarms, metrics } = deployment;
  const fixed =
    alarms * prices.alarmMonth +
    metrics * prices.metricMonth +
    warmCallsPerMonth * busySeconds * predictGb * prices.lambdaGbSecondX86 +
    driftReadsPerMonth * prices.s3Get;
  return fixed + predictionsPerDay * daysPerMonth * costPerPrediction(deployment);
}

function costPerPrediction({ hasKeys, sink }: Deployment): number {
  const lambda = busySeconds * predictGb * prices.lambdaGbSecondX86 + prices.lambdaRequest;
  const authorizer = authorizerSeconds * authorizerGb * prices.lambdaGbSecondX86 + prices.lambdaRequest;
  const record =
    sink === "s3" ? prices.s3Put + prices.s3Get : (prices.firehoseGb * prices.firehoseUnitBytes) / 2 ** 30;
  return (
    lambda + (hasKeys ? authorizer : 0) + prices.httpApiRequest + record + logGbPerPrediction * prices.logsGb
  );
}
