import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod";
import { StorageError } from "../../shared/aws/storage-error.ts";
import { RequestError } from "../../shared/errors/request-error.ts";
import { ServiceError } from "../../shared/errors/service-error.ts";
import { nameCaller } from "../../shared/http/caller.ts";
import { jsonResponse, type Route } from "../../shared/http/http-message.ts";
import type { AddedLabel, LabelStore } from "../../shared/labels/label-store.ts";
import type { PredictionRecord } from "../../shared/schemas/inference-record.ts";
import { type LabelAnswer, type LabelRequest, labelRequestSchema } from "../../shared/schemas/label.ts";

export interface LabelsDependencies {
  /** Why no labels are taken; undefined when they are. */
  closedBecause: string | undefined;
  findPrediction(predictionId: string): Promise<PredictionRecord | undefined>;
  labels: Pick<LabelStore, "add">;
  /** Called once a label is stored, and again when the same is sent again: the first call may have failed. */
  onLabel?: (predictionId: string) => Promise<void>;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** `POST /predictions/{prediction_id}/label`: takes a clinician's diagnosis of a photograph that was answered. */
export function createLabels(dependencies: LabelsDependencies): Route {
  const { closedBecause, findPrediction, labels, onLabel, now = Date.now } = dependencies;

  return async ({ event }) => {
    if (closedBecause !== undefined) throw new RequestError("labels_off", closedBecause);
    const predictionId = parsePredictionId(event.pathParameters?.prediction_id);
    const given = parseBody(event);
    const added = await addLabel(event, predictionId, given).catch(explainFailure);
    return jsonResponse(renderAnswer(added), { statusCode: added.isNew ? 201 : 200 });
  };

  async function addLabel(
    event: APIGatewayProxyEventV2,
    predictionId: string,
    { label, labelled_by: person }: LabelRequest,
  ): Promise<AddedLabel> {
    const prediction = await findPrediction(predictionId);
    if (prediction === undefined) throw unknownPrediction(predictionId);
    assertKnownClass(label, prediction);
    const added = await labels.add({
      prediction,
      label,
      labelledBy: describeAuthor(nameCaller(event) ?? "anonymous", person),
      source: "api",
      nowMs: now(),
    });
    await onLabel?.(predictionId);
    return added;
  }
}

/** What failed may have been after the label was stored: sent again, it changes nothing. */
function explainFailure(cause: unknown): never {
  if (!(cause instanceof StorageError) || cause.isRefusal) throw cause;
  throw new ServiceError(
    "labels_unavailable",
    "Labels cannot be stored at the moment; send the label again.",
    { status: 503, cause },
  );
}

function parsePredictionId(text: string | undefined): string {
  const id = z.uuid().safeParse(text);
  if (id.success) return id.data.toLowerCase();
  throw new RequestError(
    "invalid_request",
    `Expected the prediction_id of an answer, a UUID, in the path but received ${text?.slice(0, 40) ?? "nothing"}`,
  );
}

function parseBody(event: APIGatewayProxyEventV2) {
  const text = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8")
    .toString()
    .replace(/^\uFEFF/, ""); // a byte order mark
  try {
    return labelRequestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new RequestError(
      "invalid_request",
      `Expected JSON such as {"label":"normal"}, optionally with labelled_by, but received ${describeRefused(text, cause)}`,
      { cause },
    );
  }
}

/** Names fields and no values: those may be a patient's, and the message is logged. */
function describeRefused(text: string, cause: unknown): string {
  if (text === "") return "nothing";
  return cause instanceof z.ZodError ? `other JSON (${describeProblems(cause)})` : "text that is not JSON";
}

const describeProblems = ({ issues }: z.ZodError) =>
  issues.map(({ path, message }) => [...path, message].join(": ")).join("; ");

function unknownPrediction(predictionId: string): RequestError {
  return new RequestError(
    "prediction_not_found",
    `Expected the id of a prediction whose record is in the inference log but found none for ${predictionId}: it was never made, it is older than ` +
      "the log keeps records, its id is not a UUID of version 7, or it was made a moment ago while S3 was slow (then ask again)",
  );
}

/** @throws RequestError `unknown_label` naming the classes of the version that answered */
export function assertKnownClass(label: string, { probabilities, model }: PredictionRecord): void {
  if (Object.hasOwn(probabilities, label)) return;
  const classes = Object.keys(probabilities).join(", ");
  // What came may be about a patient, and the message is logged.
  throw new RequestError(
    "unknown_label",
    `Expected a class of ${model.name} version ${model.version} (${classes}) but received another label`,
  );
}

const describeAuthor = (caller: string, person: string | undefined): string =>
  person === undefined ? caller : `${person} (${caller})`;

function renderAnswer({ record, previous }: AddedLabel): LabelAnswer {
  return {
    prediction_id: record.prediction_id,
    label: record.label,
    revision: record.revision,
    previous_label: previous?.label ?? null,
    predicted_class: record.prediction.predicted_class,
    labelled_by: record.labelled_by,
    labelled_at: new Date(record.labelled_ms).toISOString(),
  };
}
