import { jsonResponse, type Route } from "../../shared/http/http-message.ts";
import { type Dependency, type Health, healthSchema } from "../../shared/schemas/health.ts";
import type { ServiceState } from "../../shared/serving/service-state.ts";
import type { Tracker } from "../../shared/tracking/tracker.ts";
import { judgeHealth } from "./judge-health.ts";
import type { ProbeOutcome } from "./probe.ts";

export interface HealthDependencies {
  service: { version: string; environment: string; enableTracking: boolean };
  /** Reads from S3 what predict last reported, which also shows that S3 answers. */
  probeS3(): Promise<ProbeOutcome<ServiceState | undefined>>;
  probeMlflow(): Promise<{ dependency: Dependency }>;
  tracker: Pick<Tracker, "trackHealthCheck" | "flush" | "state">;
  /** Does work after the response has been sent. */
  runAfterResponse(work: () => Promise<unknown>): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** `GET /health`: asks S3 and MLflow at the same time, judges, and tracks the check; MLflow is written after the response. */
export function createHealth(dependencies: HealthDependencies): Route {
  const { service, probeS3, probeMlflow, tracker, runAfterResponse, now } = dependencies;

  return async ({ requestId }) => {
    const startedMs = performance.now();
    const [s3, mlflow] = await Promise.all([probeS3(), probeMlflow()]);
    const { session, mlflow: run, inference_log: log } = tracker.state();
    const health = healthSchema.parse({
      ...judgeHealth({
        state: s3.value,
        dependencies: { mlflow: mlflow.dependency, s3: s3.dependency },
        log,
        nowMs: now(),
        run,
      }),
      version: service.version,
      environment: service.environment,
      dependencies: { mlflow: mlflow.dependency, s3: s3.dependency },
      tracking: {
        enabled: service.enableTracking,
        session_name: session.name,
        pending_records: Math.max(log.pending, run.pending),
        dropped_records: log.dropped,
      },
      checked_at: new Date(now()).toISOString(),
    });

    await track(health, requestId, performance.now() - startedMs);
    return jsonResponse(health, { statusCode: health.status === "unhealthy" ? 503 : 200 });
  };

  async function track(health: Health, requestId: string, responseTimeMs: number): Promise<void> {
    await tracker.trackHealthCheck({
      request_id: requestId,
      healthy: health.status !== "unhealthy",
      model_loaded: health.model_loaded,
      response_time_ms: responseTimeMs,
    });
    runAfterResponse(() => tracker.flush());
  }
}
