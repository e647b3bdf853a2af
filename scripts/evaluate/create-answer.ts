import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { createPredict } from "../../functions/predict/predict.ts";
import type { AnswerPhotograph } from "../../shared/labelled-photographs/answer-photographs.ts";
import type { Predictor } from "../../shared/schemas/model.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { uploadSettings } from "../../shared/settings/upload.ts";
import type { PredictionEvent } from "../../shared/tracking/session.ts";

/**
 * Lets a predictor answer through the code of `POST /predict` in this process: limits, checks, decoding, crop and model. So
 * what is measured is what callers get. Nothing is tracked.
 */
export function createAnswer(predictor: Predictor): AnswerPhotograph {
  const { limits } = loadSettings({ limits: uploadSettings });
  let answered: Pick<PredictionEvent, "probabilities" | "decision"> = { probabilities: {} };
  const predict = createPredict({
    limits,
    uploads: { fetch: async () => Buffer.alloc(0), discard: async () => {} },
    inputCheck: { policy: "flag" },
    models: { use: (work) => work(predictor) },
    // Hands back the probabilities before they are rounded.
    tracker: {
      trackPrediction: async (event) => {
        answered = event;
        return undefined as never;
      },
      trackError: async () => undefined as never,
    },
    afterResponse: { run() {} },
    finish: async () => {},
  });
  return async (bytes) => {
    await predict({ event: toUpload(bytes), requestId: "evaluation" });
    const { probabilities, decision } = answered;
    return { probabilities: predictor.contract.labels.map((label) => probabilities[label] ?? 0), decision };
  };
}

function toUpload(bytes: Buffer): APIGatewayProxyEventV2 {
  const upload: Pick<APIGatewayProxyEventV2, "headers" | "body" | "isBase64Encoded"> = {
    headers: { "content-type": "application/octet-stream" },
    body: bytes.toString("base64"),
    isBase64Encoded: true,
  };
  return upload as APIGatewayProxyEventV2;
}
