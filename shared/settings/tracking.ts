import * as z from "zod";
import { numberBetween, optionalNumberBetween } from "./types.ts";

/** How often records go to MLflow. The defaults depend on whether it runs on Lambda; docs/scale.md says why. */
export const trackingSettings = z
  .object({
    /** Present only on Lambda. */
    AWS_LAMBDA_RUNTIME_API: z.string().optional(),
    /**
     * Seconds: on Lambda how long a record waits for others, elsewhere the shortest time between two sendings. 0:
     * records are sent after every response, without any bound.
     */
    MLFLOW_SEND_INTERVAL_SECONDS: optionalNumberBetween(0, 3_600),
    /** Largest share of its time, 0.001..1, that an environment spends in calls of MLflow. */
    MLFLOW_MAXIMUM_TIME_SHARE: optionalNumberBetween(0.001, 1),
    /**
     * Predictions or health checks of one environment per minute above which MLflow gets means per minute; 0: it gets
     * every one.
     */
    MLFLOW_AGGREGATE_ABOVE_PER_MINUTE: optionalNumberBetween(0, 1_000_000),
    /** Days that the runs of ended sessions are kept; 0: for ever. */
    MLFLOW_RUN_RETENTION_DAYS: numberBetween(0, 36_500, 0),
  })
  .transform((v) => {
    const isFrozen = v.AWS_LAMBDA_RUNTIME_API !== undefined;
    const intervalMs = 1000 * (v.MLFLOW_SEND_INTERVAL_SECONDS ?? (isFrozen ? 5 : 1));
    return {
      /** Lambda freezes an environment between events: it sends nothing by itself. */
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
