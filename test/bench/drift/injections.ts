import type { ImageMeasures } from "../../../shared/schemas/image-measures.ts";
import type { Changes } from "./simulated-clinic.ts";

export interface Injection {
  kind: string;
  /** Names of the causes, one of which a report should name first. */
  expected: readonly string[];
  /** What each size means, small, middle and large. */
  sizes: readonly [string, string, string];
  /** @param size 0, 1, 2 @param index of the prediction, counted from the change on */
  changesAt: (size: number, index: number) => Changes;
}

const nothing: ImageMeasures = {
  brightness: 0,
  contrast: 0,
  sharpness: 0,
  red_share: 0.3333,
  blue_share: 0.3333,
  disc_share: 0,
  disc_roundness: 0,
};

const at = <T>(values: readonly [T, T, T], size: number): T => values[size] as T;

/** A share of pictures, spread evenly. */
const falls = (share: number, index: number) => Math.floor((index + 1) * share) > Math.floor(index * share);

export const injections: readonly Injection[] = [
  {
    kind: "black pictures",
    expected: ["dark_pictures"],
    sizes: ["15 %", "40 %", "92 %"],
    changesAt: (size, index) =>
      falls(at([0.15, 0.4, 0.92], size), index) ? { measures: () => nothing, lessSure: 1 } : {},
  },
  {
    kind: "one picture again and again",
    expected: ["identical_pictures"],
    sizes: ["15 %", "40 %", "92 %"],
    changesAt: (size, index) =>
      falls(at([0.15, 0.4, 0.92], size), index)
        ? { measures: () => ({ ...nothing, brightness: 55, contrast: 40, sharpness: 150, disc_share: 0.6 }) }
        : {},
  },
  {
    kind: "blur",
    expected: ["sharpness"],
    sizes: ["sharpness x 0.8", "x 0.6", "x 0.3"],
    changesAt: (size) => ({
      measures: (m) => ({ ...m, sharpness: m.sharpness * at([0.8, 0.6, 0.3], size) }),
      lessSure: at([0.1, 0.4, 1], size),
    }),
  },
  {
    kind: "brightness",
    expected: ["brightness"],
    sizes: ["x 0.9", "x 0.75", "x 0.5"],
    changesAt: (size) => ({
      measures: (m) => ({
        ...m,
        brightness: m.brightness * at([0.9, 0.75, 0.5], size),
        contrast: m.contrast * at([0.9, 0.75, 0.5], size),
      }),
    }),
  },
  {
    kind: "colour cast",
    expected: ["red_share", "blue_share"],
    sizes: ["red - 0.015", "- 0.04", "- 0.1"],
    changesAt: (size) => ({
      measures: (m) => ({
        ...m,
        red_share: m.red_share - at([0.015, 0.04, 0.1], size),
        blue_share: m.blue_share + at([0.008, 0.02, 0.05], size),
      }),
    }),
  },
  {
    kind: "camera frame",
    expected: ["disc_share", "disc_roundness"],
    sizes: ["disc - 0.02", "- 0.05", "- 0.15"],
    changesAt: (size) => ({
      measures: (m) => ({
        ...m,
        disc_share: m.disc_share - at([0.02, 0.05, 0.15], size),
        disc_roundness: m.disc_roundness - at([0.002, 0.006, 0.03], size),
      }),
    }),
  },
  {
    kind: "class mix",
    expected: ["class_mix", "imbalanced_class_distribution"],
    sizes: ["normal 50 %", "65 %", "90 %"],
    changesAt: (size) => {
      const normal = at([0.5, 0.65, 0.9], size);
      return { mix: [...[0.15, 0.3, 0.15].map((share) => (share / 0.6) * (1 - normal)), normal] };
    },
  },
  {
    kind: "model swap",
    expected: ["confidence", "low_average_confidence", "high_low_confidence_ratio"],
    sizes: ["logit - 0.3", "- 0.8", "- 2"],
    changesAt: (size) => ({ lessSure: at([0.3, 0.8, 2], size) }),
  },
  {
    kind: "latency",
    expected: ["inference_time_ms", "high_inference_time"],
    sizes: ["x 1.1", "x 1.4", "x 3"],
    changesAt: (size) => ({ timeFactor: at([1.1, 1.4, 3], size) }),
  },
];
