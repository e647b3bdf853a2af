import type { PredictionRecord } from "../../../shared/schemas/inference-record.ts";
import type { MeasuredPhotograph } from "./measure-photographs.ts";
import type { PhotographDrift } from "./photograph-windows.ts";

const black = {
  brightness: 0.2,
  contrast: 0.3,
  sharpness: 0.1,
  red_share: 0.3333,
  blue_share: 0.3333,
  disc_share: 0,
  disc_roundness: 0,
};

/** A share of the records, spread evenly. */
const falls = (share: number, index: number) => Math.floor((index + 1) * share) > Math.floor(index * share);

const sizes = [0, 1, 2] as const;
const at = <T>(values: readonly [T, T, T], size: number): T => values[size] as T;

/** Blur, light, colour and frame are done to the photographs themselves, which the packaged model then answered. */
const pictureKinds: Record<string, { expected: string[]; names: [string, string, string] }> = {
  blur: { expected: ["sharpness", "ungradable_pictures"], names: ["sigma 1.5", "3", "8 of 512 pixels"] },
  brightness: { expected: ["brightness", "ungradable_pictures"], names: ["x 0.9", "x 0.75", "x 0.5"] },
  colour: { expected: ["red_share", "blue_share"], names: ["red x 0.95", "x 0.85", "x 0.6"] },
  frame: {
    expected: ["disc_share", "disc_roundness", "ungradable_pictures"],
    names: ["border of 20", "60", "160 of 512 pixels"],
  },
};

/** Eight kinds of drift, in three sizes each. */
export function listPhotographDrifts(all: readonly MeasuredPhotograph[]): PhotographDrift[] {
  const usual = all.filter(({ variant }) => variant === undefined);
  const pictures = Object.entries(pictureKinds).flatMap(([kind, { expected, names }]) =>
    sizes.map((size) => ({
      ...{ kind, size: names[size], expected },
      pool: all.filter(({ variant }) => variant === `${kind} ${size}`),
    })),
  );
  const made = sizes.flatMap((size): PhotographDrift[] => [
    {
      kind: "black pictures",
      size: at(["15 %", "40 %", "92 %"], size),
      expected: ["dark_pictures"],
      pool: usual,
      change: (record, index) =>
        falls(at([0.15, 0.4, 0.92], size), index) ? { ...record, image_measures: black } : record,
    },
    {
      kind: "one picture again and again",
      size: at(["15 %", "40 %", "92 %"], size),
      expected: ["identical_pictures"],
      pool: usual,
      change: (record, index) =>
        falls(at([0.15, 0.4, 0.92], size), index)
          ? { ...record, image_measures: { ...black, brightness: 60, contrast: 40, disc_share: 0.6 } }
          : record,
    },
    {
      kind: "class mix",
      size: at(["30 % one class", "60 %", "90 %"], size),
      expected: [
        "class_mix",
        "imbalanced_class_distribution",
        "prob_glaucoma",
        "probabilities",
        "feature_projection",
      ],
      pool: mix(usual, "glaucoma", at([0.3, 0.6, 0.9], size)),
    },
    {
      kind: "model swap",
      size: at(["temperature 1.3", "2", "4"], size),
      expected: ["confidence", "low_average_confidence", "high_low_confidence_ratio", "probabilities"],
      pool: usual,
      change: (record) => soften(record, at([1.3, 2, 4], size)),
    },
    {
      kind: "latency",
      size: at(["x 1.1", "x 1.4", "x 3"], size),
      expected: ["inference_time_ms", "high_inference_time"],
      pool: usual,
      change: (record) => ({
        ...record,
        inference_time_ms: record.inference_time_ms * at([1.1, 1.4, 3], size),
      }),
    },
  ]);
  return [...pictures, ...made].sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
}

/** A pool in which about `share` of the photographs are answered with one class. */
function mix(usual: readonly MeasuredPhotograph[], label: string, share: number): MeasuredPhotograph[] {
  const of = usual.filter(({ predicted_class }) => predicted_class === label);
  const others = usual.filter(({ predicted_class }) => predicted_class !== label);
  const wanted = Math.round((others.length * share) / (1 - share));
  const repeated = Array.from({ length: wanted }, (_, index) => ({
    ...(of[index % of.length] as MeasuredPhotograph),
    group: `${of[index % of.length]?.group} ${Math.floor(index / of.length)}`,
  }));
  return [...repeated, ...others];
}

/** The answer of a model that is less sure: softmax at a higher temperature. */
function soften(record: PredictionRecord, temperature: number): PredictionRecord {
  const powers = Object.entries(record.probabilities).map(
    ([label, probability]) => [label, probability ** (1 / temperature)] as const,
  );
  const sum = powers.reduce((total, [, power]) => total + power, 0);
  const probabilities = Object.fromEntries(powers.map(([label, power]) => [label, power / sum]));
  return { ...record, probabilities, confidence: 100 * Math.max(...Object.values(probabilities)) };
}
