import { decodeImage } from "../../shared/image/decoding/decode-image.ts";
import type { Photograph } from "../../shared/image/decoding/identify-image.ts";
import { preparePicture, sufficientSide } from "../../shared/image/preprocessing/prepare-pixels.ts";
import { decide } from "../../shared/input-checks/decide.ts";
import { computeCertainty } from "../../shared/schemas/class-verdicts.ts";
import type { Log } from "../../shared/schemas/log.ts";
import type { EngineName, ModelIdentity, Predictor } from "../../shared/schemas/model.ts";
import type { Prediction } from "../../shared/schemas/prediction.ts";
import type { Challenger } from "../../shared/serving/challenger/challenger.ts";
import type { ShadowEvent } from "../../shared/tracking/session.ts";
import type { Tracker } from "../../shared/tracking/tracker.ts";
import { runModel } from "./run-model.ts";

/** How many photographs may wait for the challenger; further ones are skipped. */
const maximumWaiting = 4;

export interface ShadowDependencies {
  challenger: Pick<Challenger, "use" | "isResting">;
  tracker: Pick<Tracker, "trackShadow" | "flush">;
  log: Log;
}

export type Shadow = ReturnType<typeof createShadow>;

/**
 * Lets the challenger answer photographs that the champion has answered, after the client has its answer, and records its
 * answers in the log. Its failures are recorded there too and affect nobody.
 */
export function createShadow({ challenger, tracker, log }: ShadowDependencies) {
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  let skipped = 0;

  const skip = () => {
    skipped += 1;
    log.debug("The challenger is busy; a photograph is skipped", { skipped });
  };

  async function follow(requestId: string, photograph: Photograph, champion: Prediction): Promise<void> {
    if (challenger.isResting()) return skip();
    let model: ShadowEvent["model"] | undefined;
    const answering = challenger.use((predictor) => {
      model = describe(predictor);
      return answer(predictor, photograph, champion.decision !== "ungradable");
    });
    const outcome = await answering?.then(
      (given) => ({ answer: given, problem: "" }),
      (error: unknown) => ({ answer: null, problem: error instanceof Error ? error.message : String(error) }),
    );
    if (model === undefined || outcome === undefined) return;
    await tracker.trackShadow({
      request_id: requestId,
      prediction_id: champion.prediction_id,
      model,
      champion: { version: champion.model.version, predicted_class: champion.predicted_class },
      ...outcome,
    });
    await tracker.flush();
  }

  return {
    /** Call it after the response has been sent. */
    async follow(requestId: string, photograph: Photograph, champion: Prediction): Promise<void> {
      if (waiting >= maximumWaiting) return skip();
      waiting += 1;
      // One after the other: photographs side by side would slow each other's measured time, and the requests.
      const next = () => follow(requestId, photograph, champion);
      last = last.then(next, next).finally(() => {
        waiting -= 1;
      });
      await last;
    },
  };
}

const describe = ({ identity, engine }: Predictor): ModelIdentity & { engine: EngineName } => ({
  ...identity,
  engine,
});

/** Answers as `POST /predict` would, with the photograph prepared for this version. */
async function answer(
  predictor: Predictor,
  photograph: Photograph,
  isGradable: boolean,
): Promise<NonNullable<ShadowEvent["answer"]>> {
  const image = await decodeImage(photograph, sufficientSide(predictor.contract));
  const {
    probabilities,
    isMultiLabel = false,
    inferenceTimeMs,
  } = await runModel(predictor, preparePicture(image, predictor.contract));
  const { decision } = decide(probabilities, {
    isGradable,
    isMultiLabel,
    confidentFrom: predictor.contract.trust?.confident_from,
  });
  const [predicted] = Object.entries(probabilities).reduce((best, next) => (next[1] > best[1] ? next : best));
  return {
    predicted_class: predicted,
    confidence: computeCertainty(probabilities, isMultiLabel) * 100,
    probabilities,
    decision,
    inference_time_ms: inferenceTimeMs,
  };
}
