import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { createPredict } from "../../functions/predict/predict.ts";
import type { AnswerPhotograph } from "../../shared/labelled-photographs/answer-photographs.ts";
import type { Predictor } from "../../shared/schemas/model.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { uploadSettings } from "../../shared/settings/upload.ts";
import type { PredictionEvent } from "../../shared/tracking/session.ts";

/** Lets a predictor answer as callers get it, without rounding. */
export function createAnswer(predictor: Predictor): AnswerPhotograph {
  const ask = createAsk(predictor);
  return async (bytes) => {
    const { probabilities, decision } = await ask(bytes);
    return { probabilities: predictor.contract.labels.map((label) => probabilities[label] ?? 0), decision };
  };
}

/**
 * Lets a predictor answer one photograph after another through the code of `POST /predict` in this process: limits, checks,
 * decoding, crop and model. So what is measured is what callers get. Nothing is tracked.
 *
 * @returns a function that returns what the service would record of an answer
 */
export function createAsk(predictor: Predictor): (bytes: Buffer) => Promise<PredictionEvent> {
  const { limits } = loadSettings({ limits: uploadSettings });
  let recorded: PredictionEvent | undefined;
  const predict = createPredict({
    limits,
    uploads: { fetch: async () => Buffer.alloc(0), discard: async () => {} },
    inputCheck: { policy: "flag" },
    models: { use: (work) => work(predictor) },
    tracker: {
      trackPrediction: async (event) => {
        recorded = event;
        return undefined as never;
      },
      trackError: async () => undefined as never,
    },
    afterResponse: { run() {} },
    finish: async () => {},
  });
  return async (bytes) => {
    await predict({ event: toUpload(bytes), requestId: "evaluation" });
    if (recorded === undefined) throw new Error("Expected POST /predict to record its answer but it did not");
    return recorded;
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
