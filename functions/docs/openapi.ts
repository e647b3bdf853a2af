import { labelRequestSchema } from "../../shared/schemas/label.ts";
import type { UploadSettings } from "../../shared/settings/upload.ts";
import { assetNames } from "./assets.ts";
import {
  type ErrorStatus,
  exampleDashboard,
  exampleErrors,
  exampleHealth,
  exampleLabel,
  exampleMetrics,
  examplePrediction,
  exampleUpload,
} from "./examples.ts";
import { eitherAnswer, gatewayAnswer, retryLater } from "./gateway-answers.ts";
import type {
  ApiOperation,
  JsonSchema,
  MediaType,
  OpenApiDocument,
  ResponseObject,
} from "./openapi-document.ts";
import { refer, renderRequestSchema, renderSchemas, type SchemaName } from "./schemas.ts";
import { describeService } from "./service-description.ts";

/** Responses that any request may get. The 429 is API Gateway's own; the others also, where the function itself gives none. */
const gatewayAnswers: Record<number, ResponseObject> = {
  429: gatewayAnswer("Too many requests at once; API Gateway's own response", "Too Many Requests"),
  500: eitherAnswer("The service failed", exampleErrors[500]),
  504: eitherAnswer("No response in time", {
    error: "timeout",
    detail: "The service could not answer in time.",
  }),
};

const tooLarge = gatewayAnswer(
  "A body over API Gateway's 10 MB; API Gateway's own response",
  "Request Entity Too Large",
);

/**
 * Creates the OpenAPI 3.1 document of this service. Each route is described only here; the schemas of its responses are those
 * that validate them.
 */
export function createOpenApiDocument(version: string, limits: UploadSettings): OpenApiDocument {
  const service = describeService(version);
  return {
    openapi: "3.1.1",
    info: {
      title: service.name,
      version,
      summary: service.description,
      description:
        "Send one fundus photograph and get the probability of each class, with the version of the model that answered. " +
        "Every GET route also answers HEAD. Every response of a function carries `x-request-id`. An error is `{error, detail}`: `error` is a stable name, `detail` says what was " +
        "expected and what came. A response of API Gateway itself, such as a 429, is `{message}`. This is not a medical device: do not use it for a diagnosis.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: [
      { name: "predictions", description: "What the service is for" },
      { name: "operations", description: "Health and figures of the service" },
      { name: "documentation", description: "Pages and documents about the service" },
    ],
    paths: {
      "/predict": { post: describePredict(limits) },
      "/uploads": { post: uploads },
      "/predictions/{prediction_id}/label": { post: label },
      "/health": { get: health },
      "/metrics": { get: metrics },
      "/dashboard": { get: describePage("dashboard", "The last days, drawn, in English and Portuguese") },
      "/dashboard/data": { get: dashboardData },
      "/": { get: describeRoot(version) },
      "/assets/{name}": { get: describeAsset() },
      "/docs": { get: describePage("docs", "This document with forms to try each request") },
      "/model-card": {
        get: describePage("modelCard", "The packaged model's card, in English and Portuguese"),
      },
      "/redoc": { get: describePage("redoc", "This document to read") },
      "/openapi.json": { get: openApiJson },
    },
    components: { schemas: renderSchemas() },
  };
}

const uploadId: JsonSchema = {
  type: "string",
  format: "uuid",
  description: "Instead of a photograph: the id that `POST /uploads` returned",
};
const byUploadId: JsonSchema = {
  type: "object",
  required: ["upload_id"],
  properties: { upload_id: uploadId },
};

function describePredict(limits: UploadSettings): ApiOperation {
  const formats = describeService("").supported_formats.join(", ");
  return {
    operationId: "predict",
    tags: ["predictions"],
    summary: "Classify one fundus photograph",
    description:
      `The photograph (${formats}) is turned upright, brought to the size that the version asks for, and classified. It is kept only where the operator has switched that on. ` +
      "The record of the prediction is durable before the response is sent. With `Accept: image/png` the response is only the explanation's " +
      "picture, with the prediction's id in `x-prediction-id`, its version in `x-model-version` and, in an A/B test, its arm in `x-experiment-arm`.",
    parameters: predictParameters,
    requestBody: describePhotograph(limits),
    responses: predictResponses,
  };
}

const predictParameters: NonNullable<ApiOperation["parameters"]> = [
  {
    name: "explain",
    in: "query",
    required: false,
    description:
      "Whether to add what moved the answer: an activation map over the photograph, from the same forward pass",
    schema: { type: "boolean" },
  },
  {
    name: "X-Keep-Photograph",
    in: "header",
    required: false,
    description:
      "`no`: this photograph is not kept, whatever the operator keeps. Any value but `yes` means the same; without the header the operator's policy applies",
    schema: { type: "string", enum: ["yes", "no"] },
  },
  {
    name: "X-Ab-Test-Key",
    in: "header",
    required: false,
    description:
      "While an A/B test runs, requests with the same key, such as a patient's pseudonym, are answered by the same version; without it, requests with the same photograph. " +
      "Only a hash of it is recorded. The operator may have given the header another name (`AB_TEST_HEADER`)",
    schema: { type: "string" },
  },
];

function describePhotograph(limits: UploadSettings): NonNullable<ApiOperation["requestBody"]> {
  const megabytes = limits.maxUploadBytes / (1024 * 1024);
  return {
    required: true,
    description: `At most ${Number(megabytes.toFixed(2))} MB and ${limits.maxImagePixels / 1e6} megapixels; on AWS Lambda about 4.5 MB; larger ones go through POST /uploads.`,
    content: {
      "multipart/form-data": {
        schema: {
          type: "object",
          properties: { file: binary("The photograph; one file"), upload_id: uploadId },
        },
      },
      "application/json": { schema: byUploadId },
      "application/x-www-form-urlencoded": { schema: byUploadId },
      "image/*": { schema: binary("The photograph as the body itself") },
      "application/octet-stream": {
        schema: binary("The photograph as the body itself, of whatever format"),
      },
      "application/dicom": { schema: binary("A DICOM file of one frame as the body itself") },
    },
  };
}

const predictResponses: ApiOperation["responses"] = {
  200: {
    description:
      "The classes and their probabilities; with `Accept: image/png`, a picture of what moved the answer",
    content: {
      "application/json": { schema: refer("Prediction"), example: examplePrediction },
      "image/png": { schema: binary("The activation map over the photograph as the model saw it") },
    },
  },
  400: refusal(
    400,
    "No photograph, a broken one, an unknown format, an empty body, JSON that cannot be read, or an id that was never given",
  ),
  404: answer("No upload under this id: not uploaded, expired, or answered already", "Error", {
    error: "upload_not_found",
    detail: "Expected the id of an uploaded photograph that has not been answered yet but received another",
  }),
  406: refusal(406, "Only a picture was asked for, and the version cannot be explained"),
  413: eitherAnswer(
    "A photograph over the limit; a body that is too large for API Gateway or Lambda gets API Gateway's own response, `{message}`",
    exampleErrors[413],
  ),
  415: refusal(415, "Neither a form nor an image, JSON of another shape, or a compressed body"),
  422: refusal(
    422,
    "The form has no file in `file`, or the photograph cannot be graded and the service is set to refuse those",
  ),
  503: retryLater(
    eitherAnswer(
      "No model is loaded (an answer is never invented), or the upload could not be read in time",
      exampleErrors[503],
    ),
  ),
  ...gatewayAnswers,
};

const uploads: ApiOperation = {
  operationId: "upload",
  tags: ["predictions"],
  summary: "Get a place for a photograph that is too large for a request",
  description:
    "Post a form to `url` with all `fields` and then the photograph as `file`. Then post its `upload_id` to `/predict`, as a field of a form or as JSON. S3 refuses more " +
    "than `max_bytes`. The photograph is stored encrypted and deleted once it is answered; one that nobody asks for expires within a day or two.",
  responses: {
    201: answer("Where to upload", "Upload", exampleUpload),
    413: tooLarge,
    503: eitherAnswer("This deployment has no bucket for uploads: asking again does not help", {
      error: "uploads_unavailable",
      detail: "This service has no bucket for uploads (UPLOAD_BUCKET).",
    }),
    ...gatewayAnswers,
  },
};

const label: ApiOperation = {
  operationId: "label",
  tags: ["predictions"],
  summary: "Say what a clinician found in a photograph that was answered",
  description:
    "Labels show the service how often its answers are right. Switched off unless the operator sets `ENABLE_LABELS`; on AWS it needs " +
    "authentication. The same label from the same person again changes nothing; another label is a correction, and the history stays.",
  parameters: [
    {
      name: "prediction_id",
      in: "path",
      required: true,
      description: "As in the answer of `POST /predict`",
      schema: { type: "string", format: "uuid" },
    },
  ],
  requestBody: {
    required: true,
    description: "JSON",
    content: { "application/json": { schema: renderRequestSchema(labelRequestSchema) } },
  },
  responses: {
    200: answer("The same person had given this label before: nothing changed", "Label", exampleLabel),
    201: answer("The label, or the correction, is kept", "Label", {
      ...exampleLabel,
      revision: 2,
      previous_label: "normal",
    }),
    400: answer("No UUID in the path, or a body that is not understood", "Error", {
      error: "invalid_request",
      detail: 'Expected JSON such as {"label":"normal"}, optionally with labelled_by, but received nothing',
    }),
    404: answer("No record of this prediction, or labels are switched off", "Error", {
      error: "prediction_not_found",
      detail: "Expected the id of a prediction whose record is in the inference log but found none",
    }),
    409: answer("Others labelled the same prediction at the same time", "Error", {
      error: "label_conflict",
      detail: "Others labelled this prediction at the same time; send the label again.",
    }),
    413: tooLarge,
    422: answer("Not a class of the version that answered", "Error", {
      error: "unknown_label",
      detail:
        "Expected a class of eye-disease-model version 3 (cataract, glaucoma, normal) but received another label",
    }),
    503: retryLater(
      eitherAnswer("S3 cannot be reached at the moment: send the label again", {
        error: "labels_unavailable",
        detail: "Labels cannot be stored at the moment; send the label again.",
      }),
    ),
    ...gatewayAnswers,
  },
};

const health: ApiOperation = {
  operationId: "health",
  tags: ["operations"],
  summary: "Whether the service is alive, and which model it could answer with",
  description:
    "Any response shows that the service is alive. Its content shows whether it is ready: the loaded model, its version, source and engine, and whether " +
    "MLflow and S3 can be reached. Each check is tracked in MLflow.",
  responses: {
    200: answer("Predictions are answered", "Health", exampleHealth),
    503: eitherAnswer(
      "No model could be loaded: predictions are refused",
      {
        ...exampleHealth,
        status: "unhealthy",
        model_loaded: false,
        model: null,
        problems: ["No model is loaded"],
      },
      "Health",
    ),
    ...gatewayAnswers,
  },
};

const metrics: ApiOperation = {
  operationId: "metrics",
  tags: ["operations"],
  summary: "Figures over the recent predictions of all environments",
  description:
    "Read from the inference log, so that they cover the whole service and not only the environment that answers. JSON, or " +
    "Prometheus's text format where `Accept` prefers `text/plain`, as Prometheus does.",
  responses: {
    200: withTextFormat(answer("The figures", "Metrics", exampleMetrics)),
    503: retryLater(
      eitherAnswer("The inference log cannot be read", {
        error: "metrics_unavailable",
        detail: "The inference log cannot be read at the moment.",
      }),
    ),
    ...gatewayAnswers,
  },
};

function withTextFormat(response: ResponseObject): ResponseObject {
  return { ...response, content: { ...response.content, "text/plain": { schema: { type: "string" } } } };
}

const dashboardData: ApiOperation = {
  operationId: "dashboardData",
  tags: ["operations"],
  summary: "What happened over time: what the page at /dashboard draws",
  description:
    "Seven days of answers by the hour, the last failed requests, the least sure answers, thirty days of drift verdicts.",
  responses: {
    200: answer("The figures", "Dashboard", exampleDashboard),
    400: answer("The request has parameters, but this route takes none", "Error", {
      error: "invalid_request",
      detail:
        "Expected no parameters for /dashboard/data, which always answers with the last days, but received days",
    }),
    503: retryLater(
      eitherAnswer("The inference log cannot be read", {
        error: "dashboard_unavailable",
        detail: "The inference log cannot be read at the moment.",
      }),
    ),
    ...gatewayAnswers,
  },
};

function describeRoot(version: string): ApiOperation {
  return {
    operationId: "describe",
    tags: ["documentation"],
    summary: "What this service is; in a browser, a page to try it",
    description: "JSON, unless `Accept` prefers `text/html`.",
    responses: {
      200: {
        description: "Name, version, formats and classes, or the page",
        content: {
          "application/json": { schema: refer("ServiceDescription"), example: describeService(version) },
          "text/html": { schema: { type: "string" } },
        },
      },
      ...gatewayAnswers,
    },
  };
}

const describeAsset = (): ApiOperation => ({
  operationId: "asset",
  tags: ["documentation"],
  summary: "A file of the page: its icons, its manifest, a photograph to try",
  description: "`sample.jpg` is a healthy left eye from the public domain.",
  parameters: [
    {
      name: "name",
      in: "path",
      required: true,
      description: "The file's name",
      schema: { type: "string", enum: assetNames },
    },
  ],
  responses: {
    200: {
      description: "The file",
      content: {
        "image/*": { schema: binary("An icon, or the photograph") },
        "application/manifest+json": { schema: { type: "object" } },
      },
    },
    404: answer("No such file", "Error", {
      error: "not_found",
      detail: "Expected one of icon.svg, sample.jpg but received photograph.jpg",
    }),
    ...gatewayAnswers,
  },
});

function describePage(operationId: string, summary: string): ApiOperation {
  return {
    operationId,
    tags: ["documentation"],
    summary,
    description: "A page that loads nothing from elsewhere.",
    responses: {
      200: { description: "The page", content: { "text/html": { schema: { type: "string" } } } },
      ...gatewayAnswers,
    },
  };
}

const openApiJson: ApiOperation = {
  operationId: "openapi",
  tags: ["documentation"],
  summary: "This document",
  description: "OpenAPI 3.1, made from the schemas that validate the responses.",
  responses: {
    200: { description: "The document", content: { "application/json": { schema: { type: "object" } } } },
    ...gatewayAnswers,
  },
};

function answer(description: string, name: SchemaName, example: unknown): ResponseObject {
  return {
    description,
    content: { "application/json": { schema: refer(name), example } satisfies MediaType },
  };
}

function refusal(status: ErrorStatus, description: string): ResponseObject {
  return answer(description, "Error", exampleErrors[status]);
}

function binary(description: string): JsonSchema {
  return {
    type: "string",
    format: "binary",
    description,
  };
}
