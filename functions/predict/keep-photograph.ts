import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { KeptPhotographs } from "../../shared/aws/kept-photographs.ts";
import { encodePng } from "../../shared/image/encode-png.ts";
import type { RgbImage } from "../../shared/image/rgb-image.ts";
import type { Log } from "../../shared/schemas/log.ts";
import type { Prediction } from "../../shared/schemas/prediction.ts";
import type { KeepPolicy } from "../../shared/settings/photographs.ts";

/**
 * With `no` the caller says that this photograph must not be kept, whatever the operator's policy. Whatever else it says but
 * `yes` (`false`, `no,no` of a header that was sent twice) is taken for a refusal, too.
 */
const keepHeader = "x-keep-photograph";

export type KeepPhotograph = (
  event: APIGatewayProxyEventV2,
  image: RgbImage,
  prediction: Pick<Prediction, "prediction_id" | "decision">,
) => Promise<void>;

/**
 * Keeps the decoded pixels of an answered photograph when the operator's policy asks for it and the caller did not refuse.
 * Call it after the response has been sent; it never rejects.
 */
export function createKeepPhotograph(options: {
  policy: KeepPolicy;
  photographs: Pick<KeptPhotographs, "keep"> | undefined;
  log: Log;
}): KeepPhotograph {
  const { policy, photographs, log } = options;
  return async (event, image, { prediction_id: predictionId, decision }) => {
    if (photographs === undefined || policy === "none") return;
    if (policy === "unsure" && decision === "confident") return;
    if ((event.headers[keepHeader] ?? "yes").trim().toLowerCase() !== "yes") return;
    try {
      await photographs.keep(
        policy === "labelled" ? "waiting" : "kept",
        predictionId,
        await encodePng(image),
      );
    } catch (error) {
      log.warn("A photograph could not be kept", { error });
    }
  };
}
