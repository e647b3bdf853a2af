import type { InferenceLogRecord } from "../contracts/inference-record.ts";
import type { Label } from "./mlflow-entry.ts";
import { sessionStartMs } from "./session.ts";

/** What a session's run says of itself; every record of the session has it. */
export type SessionIdentity = Pick<
  InferenceLogRecord,
  "session_id" | "session_name" | "function_name" | "api_version" | "environment" | "timestamp_ms"
>;

/** Tags that stand on every run of this service, whatever it is for. */
export function renderRunTags(service: { apiVersion: string; environment: string }): Label[] {
  return [
    { key: "project", value: "eye-disease-classifier" },
    { key: "framework", value: "tensorflow" },
    { key: "api_version", value: service.apiVersion },
    { key: "environment", value: service.environment },
  ];
}

/** Tag by which the run of a session is found. */
export const sessionIdTag = "session_id";
export const sessionMarkerTag = "api_session";

/** Tags of a session's run. */
export function renderSessionTags(session: SessionIdentity): Label[] {
  return [
    ...renderRunTags({ apiVersion: session.api_version, environment: session.environment }),
    { key: sessionMarkerTag, value: "true" },
    { key: sessionIdTag, value: session.session_id },
    { key: "start_time", value: new Date(sessionStartMs(session)).toISOString() },
    { key: "function", value: session.function_name },
  ];
}
