import { blueShare } from "./blue-share.ts";
import { brightness } from "./brightness.ts";
import { classProbability } from "./class-probability.ts";
import { confidence } from "./confidence.ts";
import { contrast } from "./contrast.ts";
import { discRoundness } from "./disc-roundness.ts";
import { discShare } from "./disc-share.ts";
import type { Figure } from "./figure.ts";
import { inferenceTime } from "./inference-time.ts";
import { redShare } from "./red-share.ts";
import { sharpness } from "./sharpness.ts";

/** Every number that is compared with the reference, in the order of the report. */
export function listFigures(labels: readonly string[]): Figure[] {
  return [
    confidence,
    ...labels.map(classProbability),
    brightness,
    contrast,
    sharpness,
    redShare,
    blueShare,
    discShare,
    discRoundness,
    inferenceTime,
  ];
}
