/**
 * What the estimate in docs/scale.md starts from beside the prices, which stand in scripts/costs/prices.json: what was
 * measured of this service, and how clinics work.
 */
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
