/**
 * Everything that the estimate in docs/scale.md starts from: AWS's list prices in us-east-1 without the free tier, in US
 * dollars, as the named pages said on 28 November 2026, and what was measured of this service.
 */
export const prices = {
  /** https://aws.amazon.com/lambda/pricing/ : x86, first tier */
  lambdaPerRequest: 0.2 / 1e6,
  lambdaPerGbSecond: 0.0000166667,
  /** https://aws.amazon.com/api-gateway/pricing/ : HTTP API, first 300 million a month, in units of 512 KB of request */
  httpApiPerRequest: 1 / 1e6,
  httpApiUnitBytes: 512 * 1024,
  /** https://aws.amazon.com/s3/pricing/ : S3 Standard */
  s3PerPut: 0.005 / 1000,
  s3PerGet: 0.0004 / 1000,
  s3PerGbMonth: 0.023,
  /** https://aws.amazon.com/firehose/pricing/ : direct put, each record rounded up to 5 KB */
  firehosePerGb: 0.029,
  firehoseUnitBytes: 5 * 1024,
  /** https://aws.amazon.com/cloudwatch/pricing/ */
  cloudWatchLogsPerGb: 0.5,
  /** https://aws.amazon.com/ec2/pricing/on-demand/ : data transfer out, first 10 TB a month */
  transferPerGb: 0.09,
  /** https://aws.amazon.com/rds/postgresql/pricing/ : gp3 storage */
  databasePerGbMonth: 0.115,
};

export const measured = {
  /** predict's memorySize in serverless.yml, in GB. */
  memoryGb: 1769 / 1024,
  /** docs/lambda.md: the environment is busy for so long, MLflow's calls left out; milliseconds. */
  busyMs: 20,
  /** A photograph as a clinic's software sends it, and an answer; bytes. */
  photographBytes: 300_000,
  answerBytes: 900,
  /** A record as a line of JSON, and in Parquet; bytes. */
  recordBytes: 1_200,
  parquetBytes: 310,
  /** A request's lines in CloudWatch: Lambda's own three, the function's, the API's; bytes. */
  logBytes: 1_000,
  /** Rows of MLflow's metrics for a prediction, for the session's figures of one call, for a window; of four classes. */
  rows: { single: 11, session: 9, window: 12 },
  /** PostgreSQL for one row of MLflow's metrics; bytes. */
  metricRowBytes: 422,
  /** Processor of MLflow and PostgreSQL for one call and for one row more; milliseconds. */
  mlflowCallMs: 22,
  mlflowRowMs: 0.15,
  /** docs/scale.md, a crowded hour: records per second of a function with one whole processor. */
  compactedPerSecond: 2_000,
};

/** Clinics work ten hours, and at the busiest moment three times as much as on average in them. */
export const habits = { openHours: 10, peak: 3, environmentHours: 2 };

/** As on Lambda by default (shared/settings/tracking.ts). */
export const pace = { holdSeconds: 5, aggregateAbovePerMinute: 60, windowSeconds: 60, noteSeconds: 30 };
