import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { ModelError } from "../../shared/errors/model-error.ts";
import type { Photograph } from "../../shared/image/decoding/identify-image.ts";
import type { AbTestAssignment } from "../../shared/schemas/inference-record.ts";
import type { Log } from "../../shared/schemas/log.ts";
import type { Prediction } from "../../shared/schemas/prediction.ts";
import type { Challenger } from "../../shared/serving/challenger/challenger.ts";
import type { ModelService } from "../../shared/serving/model-service/model-service-types.ts";
import type { ChallengerSettings } from "../../shared/settings/challenger.ts";
import { assignArm } from "./assign-arm.ts";
import type { Shadow } from "./shadow.ts";

type Models = Pick<ModelService, "use" | "lookAfterPause">;

/** The version that answers one request. */
export interface Turn extends Pick<ModelService, "use"> {
  /** Absent where no A/B test runs. */
  experiment?: AbTestAssignment;
}

/** A challenger beside the version that serves: it answers a share of the requests itself, and the other photographs afterwards. */
export interface Trial {
  /** Decides which version answers a request. */
  turnOf(event: APIGatewayProxyEventV2, photograph: Uint8Array): Promise<Turn>;
  /** Lets the challenger answer what the champion has answered; call it after the response has been sent. Never rejects. */
  follow(requestId: string, photograph: Photograph, prediction: Prediction): Promise<void>;
}

export const withoutTrial = (models: Pick<ModelService, "use">): Trial => ({
  turnOf: async () => models,
  follow: async () => {},
});

export function createTrial(options: {
  models: Models;
  challenger: Pick<Challenger, "use" | "version" | "mayAnswerCallers" | "lookAfterPause">;
  shadow: Shadow;
  settings: ChallengerSettings;
  log: Log;
}): Trial {
  const { models, challenger, shadow, settings, log } = options;

  /** When the challenger fails, the champion answers the request. */
  const useChallenger: Models["use"] = async (work) => {
    try {
      const answer = challenger.use(work);
      if (answer !== undefined) return await answer;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      log.warn("The challenger failed on a request; the champion answers it", { error });
    }
    return models.use(work);
  };

  return {
    async turnOf(event, photograph) {
      // Both before an arm is assigned, for the challenger may have been promoted; at once, so that a request waits for one.
      if (settings.share > 0) await Promise.all([models.lookAfterPause(), challenger.lookAfterPause()]);
      const experiment = assignArm(event, photograph, challenger, settings);
      if (experiment === undefined) return models;
      return { use: experiment.arm === "challenger" ? useChallenger : models.use, experiment };
    },

    async follow(requestId, photograph, prediction) {
      // It has answered this photograph itself, or has failed on it.
      if (prediction.arm === "challenger") return;
      const { source, version } = prediction.model;
      if (source === "mlflow_registry" && version === challenger.version()) return;
      await shadow.follow(requestId, photograph, prediction);
    },
  };
}
