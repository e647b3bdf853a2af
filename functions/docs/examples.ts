import type { Dashboard } from "../../shared/schemas/dashboard.ts";
import type { Health } from "../../shared/schemas/health.ts";
import type { LabelAnswer } from "../../shared/schemas/label.ts";
import { defaultLabels } from "../../shared/schemas/model.ts";
import type { ErrorBody, Prediction } from "../../shared/schemas/prediction.ts";
import type { Upload } from "../../shared/schemas/upload.ts";

/** Example responses for the OpenAPI document. */

const checkedAt = "2026-11-25T09:30:00.000Z";
const sessionName = "api_session_1795599000";
const model = {
  name: "eye-disease-model",
  version: "3",
  source: "mlflow_registry" as const,
  engine: "onnx" as const,
};
const percents = [1.15, 1.39, 1.2, 96.26];
const mostLikely = defaultLabels.at(-1) ?? "";
const byLabel = (values: number[]) =>
  Object.fromEntries(defaultLabels.map((label, i) => [label, values[i] ?? 0]));

export const examplePrediction: Prediction = {
  prediction_id: "019ac2fb-c4d8-7b51-9a55-0c3a5b0f6c11",
  predicted_class: mostLikely,
  confidence: 96.26,
  all_predictions: byLabel(percents),
  decision: "confident",
  warnings: [],
  model,
  inference_time_ms: 7.14,
};

export const exampleUpload: Upload = {
  upload_id: "0b0f7a0c-51f4-4c53-9b53-4cf0a4f5d2de",
  url: "https://uploads.s3.eu-central-1.amazonaws.com",
  fields: {
    key: "photographs/0b0f7a0c-51f4-4c53-9b53-4cf0a4f5d2de",
    policy: "eyJ…",
    "x-amz-signature": "4f1c…",
  },
  max_bytes: 52_428_800,
  expires_at: "2026-11-25T09:45:00.000Z",
};

export const exampleLabel: LabelAnswer = {
  prediction_id: examplePrediction.prediction_id,
  label: defaultLabels[2] ?? "",
  revision: 1,
  previous_label: null,
  predicted_class: mostLikely,
  labelled_by: "dr-silva (clinic-software)",
  labelled_at: checkedAt,
};

export const exampleHealth: Health = {
  status: "healthy",
  model_loaded: true,
  version: "0.1.0",
  environment: "production",
  problems: [],
  model: {
    ...model,
    stage: "Production",
    contract_by: {
      labels: "model-contract.json",
      "input.value_range": "version tags",
      temperature: "assumed",
    },
    assumed: ["temperature"],
    loaded_at: checkedAt,
    session_name: sessionName,
  },
  reported_at: checkedAt,
  challenger: null,
  dependencies: {
    mlflow: { status: "reachable", response_time_ms: 3.1, checked_at: checkedAt },
    s3: { status: "reachable", response_time_ms: 2.4, checked_at: checkedAt },
  },
  tracking: { enabled: true, session_name: sessionName, pending_records: 0, dropped_records: 0 },
  checked_at: checkedAt,
};

export const exampleMetrics = {
  uptime_seconds: 5400,
  total_requests: 214,
  total_predictions: 198,
  total_errors: 4,
  window_decisions_confident: 161,
  window_decisions_uncertain: 29,
  window_decisions_ungradable: 8,
  average_response_time_ms: 7.9,
  requests_per_second: 0.04,
  error_rate: 1.98,
  session_name: sessionName,
  session_total_predictions: 198,
  session_avg_inference_time_ms: 7.4,
  session_avg_confidence: 83.2,
  recent_prediction_count: 100,
  recent_avg_confidence: 82.7,
  recent_std_confidence: 14.9,
  recent_low_confidence_ratio: 0.21,
  recent_avg_inference_time_ms: 7.3,
  recent_std_inference_time_ms: 0.8,
  recent_decision_ratio_confident: 0.82,
  recent_decision_ratio_uncertain: 0.14,
  recent_decision_ratio_ungradable: 0.04,
  drift_detected: 0,
  drift_indicator_count: 0,
  drift_verdict: "ok",
  window: { from: "2026-11-24T09:30:00.000Z", to: checkedAt, complete: true, session_count: 1 },
  ...Object.fromEntries(
    Object.entries(byLabel([0.2, 0.3, 0.1, 0.4])).map(([label, share]) => [
      `recent_class_ratio_${label}`,
      share,
    ]),
  ),
};

export const exampleErrors = {
  400: {
    error: "invalid_image",
    detail:
      "Expected a JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 or DICOM photograph but received text",
  },
  404: { error: "not_found", detail: "Expected a path of this service but received /predictions" },
  405: { error: "method_not_allowed", detail: "Expected POST for /predict but received GET" },
  406: {
    error: "explanation_unavailable",
    detail:
      "This version cannot be explained: its graph has no feature map from which a global average and linear layers alone compute the answer.",
  },
  413: { error: "payload_too_large", detail: "Expected at most 10485760 bytes but received 30000000" },
  415: {
    error: "unsupported_media_type",
    detail:
      "Expected multipart/form-data with a file in file, an image, or JSON with upload_id, but received text/plain",
  },
  422: {
    error: "missing_file",
    detail: "Expected a file in the form field file but received the fields image",
  },
  500: { error: "internal_error", detail: "The service failed to answer; its log has the cause." },
  503: { error: "model_not_loaded", detail: "No model is loaded at the moment, so no answer can be given." },
} satisfies Record<number, ErrorBody>;
export type ErrorStatus = keyof typeof exampleErrors;

export const exampleDashboard: Dashboard = {
  from: "2026-11-18T09:30:00.000Z",
  to: checkedAt,
  complete: true,
  hours: [
    {
      start: "2026-11-25T09:00:00.000Z",
      predictions: 12,
      classes: { [mostLikely]: 9, [defaultLabels[2] ?? ""]: 3 },
      versions: { [`${model.name}/${model.version}`]: 12 },
      decisions: { confident: 9, uncertain: 2, ungradable: 1 },
      mean_confidence: 91.4,
      mean_inference_time_ms: 7.2,
      longest_inference_time_ms: 11.8,
    },
  ],
  confidence: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 2, 3, 4],
  verdicts: [{ day: "2026-11-25", at: checkedAt, verdict: "ok", reports: 9 }],
  errors: [
    {
      at: "2026-11-25T09:12:00.000Z",
      error: "unsupported_media_type",
      status: 415,
      detail:
        "Expected multipart/form-data with a file in file, an image, or JSON with upload_id, but received another content type",
    },
  ],
  least_sure: [
    {
      prediction_id: examplePrediction.prediction_id,
      timestamp_ms: 1_795_598_400_000,
      predicted_class: mostLikely,
      confidence: 56.1,
    },
  ],
};
