import { setTimeout as sleep } from "node:timers/promises";
import { arrivesWithinMs, type KeptPhotographs } from "../../shared/aws/kept-photographs.ts";
import type { AfterResponse } from "../../shared/runtime/after-response.ts";
import { timeOfPredictionId } from "../../shared/schemas/prediction-id.ts";

export interface ConfirmPhotographOptions {
  /** Undefined where no photograph waits for its label. */
  photographs: Pick<KeptPhotographs, "confirm"> | undefined;
  afterResponse: Pick<AfterResponse, "run">;
  /** Between tries after the response. */
  pausesMs?: readonly number[];
  /** Milliseconds since 1970. */
  now?: () => number;
}

/**
 * Keeps the photograph of a prediction that has a label. Predict writes it after its answer, so a label may come first: then
 * it is looked for again after the response to the label.
 */
export function createConfirmPhotograph(
  options: ConfirmPhotographOptions,
): (predictionId: string) => Promise<void> {
  const { photographs, afterResponse, pausesMs = [1_000, 2_000, 4_000], now = Date.now } = options;

  return async (predictionId) => {
    if (photographs === undefined || (await photographs.confirm(predictionId))) return;
    if (now() - (timeOfPredictionId(predictionId) ?? 0) > arrivesWithinMs) return;
    afterResponse.run(async () => {
      for (const pauseMs of pausesMs) {
        await sleep(pauseMs);
        if (await photographs.confirm(predictionId)) return;
      }
    });
  };
}
