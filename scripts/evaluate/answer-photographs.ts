import { readFile } from "node:fs/promises";
import path from "node:path";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { createPredict } from "../../functions/predict/predict.ts";
import { RequestError } from "../../shared/errors/request-error.ts";
import type { EvaluatedPhotograph, UnansweredPhotograph } from "../../shared/schemas/evaluation-report.ts";
import type { Predictor } from "../../shared/schemas/model.ts";
import type { UploadSettings } from "../../shared/settings/upload.ts";
import type { LabelledPhotograph } from "./find-photographs.ts";

export interface Answers {
  photographs: EvaluatedPhotograph[];
  unanswered: UnansweredPhotograph[];
}

/**
 * Sends each photograph through the code of `POST /predict` in this process: limits, checks, decoding, crop and model. So
 * what is measured is what callers get. Nothing is tracked.
 *
 * @param folder what the photographs' paths are relative to
 */
export async function answerPhotographs(
  labelled: readonly LabelledPhotograph[],
  folder: string,
  {
    predictor,
    limits,
    onAnswer = () => {},
  }: { predictor: Predictor; limits: UploadSettings; onAnswer?: (done: number) => void },
): Promise<Answers> {
  const ask = createAsk(predictor, limits);
  const answers: Answers = { photographs: [], unanswered: [] };
  for (const [index, photograph] of labelled.entries()) {
    try {
      const bytes = await readFile(path.join(folder, photograph.file));
      answers.photographs.push({ ...photograph, probabilities: await ask(bytes) });
    } catch (error) {
      answers.unanswered.push({ file: photograph.file, reason: explainRefusal(error) });
    }
    onAnswer(index + 1);
  }
  return answers;
}

/** Creates the service's route with a tracker that hands back the probabilities before they are rounded. */
function createAsk(predictor: Predictor, limits: UploadSettings): (bytes: Buffer) => Promise<number[]> {
  let probabilities: Record<string, number> = {};
  const predict = createPredict({
    limits,
    uploads: { fetch: async () => Buffer.alloc(0), discard: async () => {} },
    inputCheck: { policy: "flag" },
    models: { use: (work) => work(predictor) },
    tracker: {
      trackPrediction: async (event) => {
        ({ probabilities } = event);
        return undefined as never;
      },
      trackError: async () => undefined as never,
    },
    afterResponse: { run() {} },
    finish: async () => {},
  });
  return async (bytes) => {
    await predict({ event: toUpload(bytes), requestId: "evaluation" });
    return predictor.contract.labels.map((label) => probabilities[label] ?? 0);
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

/** Explains why the service refused a photograph, or that its file is missing; throws any other error, a fault of the evaluation. */
function explainRefusal(error: unknown): string {
  if (error instanceof RequestError) return error.message;
  if ((error as NodeJS.ErrnoException).code === "ENOENT")
    return "Expected this file in the folder but it is not there";
  throw error;
}
