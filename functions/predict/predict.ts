import { randomUUID } from "node:crypto";
import type { StoredUploads } from "../../shared/aws/stored-uploads.ts";
import { AnswerTimeoutError } from "../../shared/errors/timeout-error.ts";
import { describeError } from "../../shared/http/describe-error.ts";
import type { Route } from "../../shared/http/http-message.ts";
import { parseUpload } from "../../shared/http/parse-upload.ts";
import { decodeImage } from "../../shared/image/decoding/decode-image.ts";
import { identifyImage } from "../../shared/image/decoding/identify-image.ts";
import { computeImageMeasures } from "../../shared/image/measures/image-measures.ts";
import { preparePicture, sufficientSide } from "../../shared/image/preprocessing/prepare-pixels.ts";
import type { AfterResponse } from "../../shared/runtime/after-response.ts";
import { notePrediction } from "../../shared/runtime/invocation.ts";
import type { Decision } from "../../shared/schemas/prediction.ts";
import { createPredictionId } from "../../shared/schemas/prediction-id.ts";
import type { ModelService } from "../../shared/serving/model-service/model-service-types.ts";
import type { InputCheckSettings } from "../../shared/settings/input-check.ts";
import type { UploadSettings } from "../../shared/settings/upload.ts";
import type { Tracker } from "../../shared/tracking/tracker.ts";
import { examineFeatures, examinePhotograph } from "./examine-photograph.ts";
import { assertExplainable, readExplanationForm, respond } from "./explain.ts";
import type { KeepPhotograph } from "./keep-photograph.ts";
import { renderEvent, renderPrediction } from "./render-prediction.ts";
import { runModel } from "./run-model.ts";
import { type Trial, withoutTrial } from "./trial.ts";

export interface PredictDependencies {
  limits: UploadSettings;
  uploads: StoredUploads;
  inputCheck: InputCheckSettings;
  models: Pick<ModelService, "use">;
  /** A challenger that is tried beside the version that serves; none by default. */
  trial?: Trial;
  /** Keeps a photograph that was answered; by default none is kept. */
  keepPhotograph?: KeepPhotograph;
  tracker: Pick<Tracker, "trackPrediction" | "trackError">;
  afterResponse: Pick<AfterResponse, "run">;
  /** Counts the decision on a photograph, and the time from the request to the answer; not counted by default. */
  countDecision?: (answer: { decision: Decision; answerTimeMs: number }) => Promise<void>;
  /** Runs after the response has been sent: writes MLflow, picks up a promoted version. */
  finish(): Promise<unknown>;
  createId?: () => string;
}

/**
 * Refusals after which, as after a failure of the service, the caller may send the same upload id again: a file that was not
 * there may have arrived since, and a version without pictures may be asked for its answer. A refused photograph stays refused.
 */
const mayBeSentAgain = ["upload_not_found", "explanation_unavailable"];

/**
 * `POST /predict`: parse, sniff and limit, decode, check, crop, infer, track, respond.
 * The record of a prediction or an error is durable before the response is sent.
 */
export function createPredict(dependencies: PredictDependencies): Route {
  const {
    limits,
    inputCheck,
    uploads,
    models,
    tracker,
    afterResponse,
    countDecision = async () => {},
    finish,
    trial = withoutTrial(models),
    keepPhotograph = async () => {},
    // Node's own: the global crypto would load all of WebCrypto first.
    createId = () => createPredictionId(Date.now(), randomUUID()),
  } = dependencies;

  return async ({ event, requestId, signal }) => {
    const startedMs = performance.now();
    const countLater = (decision: Decision) => {
      const answerTimeMs = performance.now() - startedMs;
      afterResponse.run(() => countDecision({ decision, answerTimeMs }));
    };
    const track = async (error: unknown) => {
      const { status, body, recorded } = describeError(error);
      await tracker.trackError({
        request_id: requestId,
        status,
        error: body.error,
        detail: recorded,
        error_time_ms: performance.now() - startedMs,
      });
      return { status, code: body.error };
    };
    let isRecorded = false;
    signal?.addEventListener("abort", () => {
      if (!isRecorded) afterResponse.run(() => track(new AnswerTimeoutError()));
    });
    const predictionId = createId();
    notePrediction(predictionId);
    afterResponse.run(finish);
    let uploadId: string | undefined;
    try {
      const explanation = readExplanationForm(event);
      const upload = await parseUpload(event, limits);
      uploadId = upload.uploadId;
      const bytes = upload.bytes ?? (await uploads.fetch(upload.uploadId));
      const photograph = await identifyImage(bytes, limits);

      const turn = await trial.turnOf(event, bytes);
      const inference = await turn.use(async (predictor) => {
        // Requests that waited in vain for a start would all be inferred once it ends.
        signal?.throwIfAborted();
        assertExplainable(predictor, explanation);
        const image = await decodeImage(photograph, sufficientSide(predictor.contract));
        const seen = examinePhotograph(image, predictor.contract, inputCheck);
        const picture = preparePicture(image, predictor.contract);
        const measures = computeImageMeasures(picture);
        const answer = await runModel(predictor, picture);
        const warnings = examineFeatures(seen, answer, predictor.contract, inputCheck);
        return { ...answer, image, picture, measures, warnings, trust: predictor.contract.trust };
      });

      signal?.throwIfAborted();
      const prediction = renderPrediction(predictionId, inference, turn.experiment?.arm);
      isRecorded = true;
      const answered = { requestId, inference, prediction, metadata: photograph.metadata };
      await tracker.trackPrediction(renderEvent({ ...answered, experiment: turn.experiment }));
      signal?.throwIfAborted();
      afterResponse.run(() => trial.follow(requestId, photograph, prediction));
      afterResponse.run(() => keepPhotograph(event, inference.image, prediction));
      if (uploadId !== undefined) await uploads.discard(uploadId);
      const response = await respond(prediction, inference, explanation);
      countLater(prediction.decision);
      return response;
    } catch (error) {
      // The caller has 504 already. That is tracked, unless another record of this request was being written by then.
      if (signal?.aborted) throw error;
      isRecorded = true;
      const { status, code } = await track(error);
      const isRefused = status < 500 && !mayBeSentAgain.includes(code) && !signal?.aborted;
      if (uploadId !== undefined && isRefused) await uploads.discard(uploadId);
      if (code === "ungradable_photograph") countLater("ungradable");
      throw error;
    }
  };
}
