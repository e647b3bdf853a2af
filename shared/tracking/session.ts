import type {
  ErrorRecord,
  HealthRecord,
  InferenceLogRecord,
  ModelLoadRecord,
  PredictionRecord,
  SessionTotals,
  ShadowRecord,
} from "../schemas/inference-record.ts";
import type { Decision } from "../schemas/prediction.ts";

/** Fields that the session adds to a record. */
type AddedBySession =
  | "record_id"
  | "session_name"
  | "session_id"
  | "session_totals"
  | "function_name"
  | "api_version"
  | "environment"
  | "timestamp_ms"
  | "step"
  | "kind";

export type PredictionEvent = Omit<PredictionRecord, AddedBySession>;
export type ErrorEvent = Omit<ErrorRecord, AddedBySession>;
export type HealthEvent = Omit<HealthRecord, AddedBySession>;
export type ShadowEvent = Omit<ShadowRecord, AddedBySession>;
export type ModelLoadEvent = Omit<ModelLoadRecord, AddedBySession | "first">;

export interface SessionOptions {
  functionName: string;
  apiVersion: string;
  environment: string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Returns a new UUID. */
  createId: () => string;
}

export type Session = ReturnType<typeof createSession>;

/** A session is one execution environment: it numbers its records and keeps their totals. */
export function createSession({ functionName, apiVersion, environment, now, createId }: SessionOptions) {
  const startedMs = now();
  const id = createId();
  const name = `api_session_${Math.floor(startedMs / 1000)}`;
  let totals: SessionTotals = {
    predictions: 0,
    errors: 0,
    health_checks: 0,
    health_check_errors: 0,
    inference_time_ms: 0,
    confidence: 0,
    class_counts: {},
    decision_counts: {},
  };
  let modelLoads = 0;
  let hasModel = false;
  let shadows = 0;

  const base = (step: number) => ({
    record_id: createId(),
    session_name: name,
    session_id: id,
    session_totals: totals,
    function_name: functionName,
    api_version: apiVersion,
    environment,
    timestamp_ms: now(),
    step,
  });

  return {
    id,
    name,
    startedMs,

    recordPrediction(event: PredictionEvent): PredictionRecord {
      const { confidence, inference_time_ms: inferenceTimeMs } = event;
      const classCounts = { ...totals.class_counts };
      for (const name of event.predicted_classes ?? [event.predicted_class])
        classCounts[name] = (classCounts[name] ?? 0) + 1;
      totals = {
        ...totals,
        predictions: totals.predictions + 1,
        inference_time_ms: totals.inference_time_ms + inferenceTimeMs,
        confidence: totals.confidence + confidence,
        class_counts: classCounts,
        decision_counts: countDecision(totals.decision_counts, event.decision),
      };
      return { kind: "prediction", ...base(totals.predictions), ...event };
    },

    recordError(event: ErrorEvent): ErrorRecord {
      totals = { ...totals, errors: totals.errors + 1 };
      return { kind: "error", ...base(totals.errors), ...event };
    },

    recordHealthCheck(event: HealthEvent): HealthRecord {
      totals = {
        ...totals,
        health_checks: totals.health_checks + 1,
        health_check_errors: totals.health_check_errors + (event.healthy ? 0 : 1),
      };
      return { kind: "health_check", ...base(totals.health_checks), ...event };
    },

    recordModelLoad(event: ModelLoadEvent): ModelLoadRecord {
      modelLoads += 1;
      const first = event.success && !hasModel;
      hasModel ||= event.success;
      return { kind: "model_load", ...base(modelLoads), ...event, first };
    },

    recordShadow(event: ShadowEvent): ShadowRecord {
      shadows += 1;
      return { kind: "shadow", ...base(shadows), ...event };
    },
  };
}

function countDecision(
  counts: SessionTotals["decision_counts"],
  decision: Decision | undefined,
): SessionTotals["decision_counts"] {
  return decision === undefined ? counts : { ...counts, [decision]: (counts?.[decision] ?? 0) + 1 };
}

/** When a record's session began, in milliseconds since 1970, to the second that its name holds. */
export function sessionStartMs(record: Pick<InferenceLogRecord, "session_name" | "timestamp_ms">): number {
  const seconds = /^api_session_(\d+)$/.exec(record.session_name)?.[1];
  return seconds === undefined ? record.timestamp_ms : Number(seconds) * 1000;
}
