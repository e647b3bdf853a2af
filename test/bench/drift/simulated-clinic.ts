import type { ImageMeasures } from "../../../shared/schemas/image-measures.ts";
import type { PredictionRecord } from "../../../shared/schemas/inference-record.ts";
import { createPredictionRecord } from "../../support/prediction-records.ts";
import { createNormal, createRandom } from "../../support/random.ts";

const labels = ["cataract", "diabetic_retinopathy", "glaucoma", "normal"];
const usualMix = [0.15, 0.3, 0.15, 0.4];

export interface Clinic {
  /** Mean number of photographs of a patient, one after another; 1: every photograph is somebody else's. */
  photographsPerPatient: number;
  /** Part of the variance that the photographs of a patient share, 0..1. */
  sharedPart: number;
}

export interface Changes {
  mix?: readonly number[];
  /** Taken from the logit of the predicted class. */
  lessSure?: number;
  timeFactor?: number;
  measures?: (measures: ImageMeasures) => ImageMeasures;
}

/** One patient's or one photograph's deviation of each figure, in standard deviations. */
interface Deviation {
  light: number;
  contrast: number;
  sharpness: number;
  red: number;
  blue: number;
  disc: number;
  roundness: number;
  logit: number;
}

/** Predictions of an invented clinic, one per minute, with figures as wide as those of fundus photographs. */
export function simulateRecords(
  count: number,
  { photographsPerPatient, sharedPart }: Clinic,
  seed: number,
  changesAt: (index: number) => Changes = () => ({}),
): PredictionRecord[] {
  const random = createRandom(seed);
  const normal = createNormal(random);
  const draw = (): Deviation => ({
    light: normal(),
    contrast: normal(),
    sharpness: normal(),
    red: normal(),
    blue: normal(),
    disc: normal(),
    roundness: normal(),
    logit: normal(),
  });
  let patient = draw();
  let position = random();
  return Array.from({ length: count }, (_, index) => {
    if (index === 0 || random() < 1 / photographsPerPatient) {
      patient = draw();
      position = random();
    }
    const own = draw();
    const mixed = Object.fromEntries(
      Object.entries(own).map(([name, value]) => [
        name,
        Math.sqrt(sharedPart) * patient[name as keyof Deviation] + Math.sqrt(1 - sharedPart) * value,
      ]),
    ) as unknown as Deviation;
    return {
      ...createRecord(index, mixed, position, changesAt(index), normal()),
      record_id: `${seed}-${index}`, // samples are drawn by it: the same seed gives the same figures
    };
  });
}

function createRecord(
  index: number,
  deviation: Deviation,
  position: number,
  { mix = usualMix, lessSure = 0, timeFactor = 1, measures = (same) => same }: Changes,
  timeNoise: number,
): PredictionRecord {
  const predicted = chooseClass(position, mix);
  const logits = labels.map((_, at) =>
    at === predicted ? 4 + 1.1 * deviation.logit - lessSure : 0.4 * Math.sin(at),
  );
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  const probabilities = Object.fromEntries(labels.map((label, at) => [label, (powers[at] as number) / sum]));
  const [predictedClass, highest] = Object.entries(probabilities).reduce((best, next) =>
    next[1] > best[1] ? next : best,
  );
  return createPredictionRecord(index, {
    probabilities,
    predicted_class: predictedClass,
    confidence: Math.round(highest * 10_000) / 100,
    inference_time_ms: 12 * timeFactor * Math.exp(0.15 * timeNoise),
    image_measures: measures(measuresOf(deviation)),
  });
}

function chooseClass(position: number, mix: readonly number[]): number {
  let sum = 0;
  for (const [at, share] of mix.entries()) {
    sum += share;
    if (position < sum) return at;
  }
  return mix.length - 1;
}

const measuresOf = (deviation: Deviation): ImageMeasures => ({
  brightness: 58 * Math.exp(0.22 * deviation.light),
  contrast: 42 * Math.exp(0.15 * deviation.contrast + 0.1 * deviation.light),
  sharpness: 160 * Math.exp(0.45 * deviation.sharpness),
  red_share: 0.56 + 0.035 * deviation.red,
  blue_share: 0.13 + 0.02 * deviation.blue,
  disc_share: 0.62 + 0.04 * deviation.disc,
  disc_roundness: 0.985 + 0.006 * Math.tanh(deviation.roundness),
});
