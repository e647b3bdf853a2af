import { createRandom } from "../random/repeatable-random.ts";
import type { Estimate } from "../schemas/evaluation-report.ts";
import { type Answer, groupBy } from "./answers.ts";

type Figures = Record<string, number | null>;

export interface BootstrapOptions {
  /** How many times patients are drawn. */
  replicates: number;
  seed: number;
}

/**
 * Each figure with its 95 % interval: percentiles of its values over resamples. Each draws from every source, with
 * replacement, as many patients as the source has (cluster bootstrap; Davison and Hinkley 1997, section 3.8).
 * Photographs of one patient stay together, because they are not independent evidence.
 *
 * @param compute the figures of a set of answers; a figure that cannot be computed is null, and left out of the
 * interval
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
