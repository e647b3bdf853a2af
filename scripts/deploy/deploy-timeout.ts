const minuteMs = 60_000;
/** For the update itself and, if need be, for the way back from it. */
const updateMs = 30 * minuteMs;

/** Milliseconds that a deployment may take: CloudFormation ends it only after the minutes in which it watches alarms. */
export const deployTimeoutMs = (env: Record<string, string | undefined>): number =>
  updateMs + Number(env.ROLLBACK_WATCH_MINUTES || 0) * minuteMs;
