import type { Estimate } from "../contracts/evaluation-report.ts";
import { type Answer, groupBy } from "./answers.ts";

type Figures = Record<string, number | null>;

export interface BootstrapOptions {
  /** How many times patients are drawn. */
  replicates: number;
  seed: number;
}

/**
 * Each figure with its 95 % interval: the percentiles of its values over patients drawn with replacement, as many as
 * there are, within each source (cluster bootstrap; Davison and Hinkley 1997, section 3.8). Photographs of one patient
 * stay together, because they are not independent evidence.
 *
 * @param compute the figures of a set of answers; null where it cannot be computed, which is left out of the interval
 */
export function estimateByPatient<F extends Figures>(
  answers: readonly Answer[],
  compute: (answers: readonly Answer[]) => F,
  { replicates, seed }: BootstrapOptions,
): { [K in keyof F]: Estimate } {
  const strata = [...groupBy(answers, ({ source }) => source).values()].map((ofSource) => [
    ...groupBy(ofSource, ({ patient }) => patient).values(),
  ]);
  const random = createRandom(seed);
  const drawn = Array.from({ length: replicates }, () =>
    compute(strata.flatMap((patients) => drawAnew(patients, random))),
  );
  const value = compute(answers);
  const estimates = Object.keys(value).map((name) => [
    name,
    {
      value: value[name] as number | null,
      ...computeInterval(drawn.map((figures) => figures[name] as number | null)),
    },
  ]);
  return Object.fromEntries(estimates) as { [K in keyof F]: Estimate };
}

function drawAnew(patients: readonly Answer[][], random: () => number): Answer[] {
  return patients.flatMap(() => patients[Math.floor(random() * patients.length)] as Answer[]);
}

function computeInterval(values: readonly (number | null)[]): Pick<Estimate, "low" | "high"> {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? null;
  return { low: at(0.025), high: at(0.975) };
}

/** Uniform numbers 0..1, the same for the same seed (Steele, Lea and Flood 2014: a 32-bit SplitMix). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
