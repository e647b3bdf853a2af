import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { RequestError } from "../../shared/errors/request-error.ts";
import { prefersType } from "../../shared/http/accepted-type.ts";
import { binaryResponse, type HttpResponse, jsonResponse } from "../../shared/http/http-message.ts";
import { drawActivationMap } from "../../shared/image/draw-activation-map.ts";
import type { ModelPicture } from "../../shared/image/rgb-image.ts";
import type { Predictor } from "../../shared/schemas/model.ts";
import { type Explanation, explanationNotes, type Prediction } from "../../shared/schemas/prediction.ts";
import { computeActivationMap } from "./compute-activation-map.ts";
import type { Inference } from "./run-model.ts";

/** How a caller wants to see what moved the answer: not at all, within the JSON, or as a picture instead of JSON. */
export type ExplanationForm = "none" | "json" | "png";

const unexplained =
  "This version cannot be explained: its graph has no feature map from which a global average and linear layers alone compute the answer.";

/** @throws RequestError 400 for a value of `explain` that is neither true nor false */
export function readExplanationForm(event: APIGatewayProxyEventV2): ExplanationForm {
  const given = event.queryStringParameters?.explain ?? "false";
  const explain = given.toLowerCase(); // Python writes True
  if (explain !== "true" && explain !== "false")
    throw new RequestError(
      "invalid_request",
      `Expected true or false for explain but received ${given.slice(0, 40)}`,
      { recorded: "Expected true or false for explain but received another value" },
    );
  if (prefersType(event.headers.accept, "image/png")) return "png";
  return explain === "true" ? "json" : "none";
}

/** @throws RequestError 406 when only a picture is wanted and the version cannot give one */
export function assertExplainable({ hasClassMap }: Predictor, form: ExplanationForm): void {
  if (form === "png" && !hasClassMap) throw new RequestError("explanation_unavailable", unexplained);
}

/** An inference and the picture that the model saw. */
type Seen = Inference & { picture: ModelPicture };

/** Renders the answer in the form that the caller wants. */
export async function respond(
  prediction: Prediction,
  seen: Seen,
  form: ExplanationForm,
): Promise<HttpResponse> {
  if (form === "none") return jsonResponse(prediction);
  const png = await drawExplanation(seen);
  if (form === "png" && png !== undefined)
    return binaryResponse("image/png", png, { headers: nameInHeaders(prediction) });
  return jsonResponse({ ...prediction, explanation: renderExplanation(png) });
}

/** A picture cannot name its prediction, version and arm, so headers do. */
const nameInHeaders = ({ prediction_id, model, arm }: Prediction): Record<string, string> => ({
  "x-prediction-id": prediction_id,
  "x-model-version": model.version,
  ...(arm && { "x-experiment-arm": arm }),
});

/** Draws the activation map of the likeliest class over the photograph as the model saw it; undefined when the version has no maps. */
async function drawExplanation({ classMap, probabilities, isMultiLabel = false, picture }: Seen) {
  if (classMap === undefined) return undefined;
  const values = Object.values(probabilities);
  const position = values.indexOf(Math.max(...values));
  return drawActivationMap(picture, computeActivationMap(classMap, position, isMultiLabel));
}

function renderExplanation(png: Buffer | undefined): Explanation {
  if (png === undefined) return { image: null, note: unexplained };
  return { image: `data:image/png;base64,${png.toString("base64")}`, note: explanationNotes.en };
}
