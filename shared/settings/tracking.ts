import * as z from "zod";
import { numberBetween, optionalNumberBetween } from "./types.ts";

/** How often records go to MLflow. Empty: what suits the place, docs/scale.md says why. */
export const trackingSettings = z
  .object({
    /** Present on Lambda alone. */
    AWS_LAMBDA_RUNTIME_API: z.string().optional(),
    /** Seconds: on Lambda a record waits so long for others, elsewhere it is the least time between two sendings. 0: after every answer, without any bound. */
    MLFLOW_SEND_INTERVAL_SECONDS: optionalNumberBetween(0, 3_600),
    /** Largest share of an environment's time that it spends in calls of MLflow, 0.001..1. */
    MLFLOW_MAXIMUM_TIME_SHARE: optionalNumberBetween(0.001, 1),
    /** Predictions of one environment per minute above which MLflow gets means of each minute; 0: it gets every one. */
    MLFLOW_AGGREGATE_ABOVE_PER_MINUTE: optionalNumberBetween(0, 1_000_000),
    /** Days that the runs of ended sessions are kept; 0: for ever. */
    MLFLOW_RUN_RETENTION_DAYS: numberBetween(0, 36_500, 0),
  })
  .transform((v) => {
    const isFrozen = v.AWS_LAMBDA_RUNTIME_API !== undefined;
    const intervalMs = 1000 * (v.MLFLOW_SEND_INTERVAL_SECONDS ?? (isFrozen ? 5 : 1));
    return {
      /** A frozen environment sends nothing by itself. */
      sendsByItself: !isFrozen,
      runRetentionDays: v.MLFLOW_RUN_RETENTION_DAYS,
      pace: {
        holdMs: isFrozen ? intervalMs : 0,
        restMs: isFrozen ? 0 : intervalMs,
        maximumTimeShare:
          intervalMs === 0
            ? Number.POSITIVE_INFINITY
            : (v.MLFLOW_MAXIMUM_TIME_SHARE ?? (isFrozen ? 0.01 : 1)),
        aggregateAbovePerMinute:
          (v.MLFLOW_AGGREGATE_ABOVE_PER_MINUTE ?? (isFrozen ? 60 : 0)) || Number.POSITIVE_INFINITY,
      },
    };
  });
export type TrackingSettings = z.output<typeof trackingSettings>;
