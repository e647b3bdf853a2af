import type { Estimate } from "../schemas/evaluation-report.ts";
import { estimateProportion } from "../statistics/proportion-interval.ts";
import { createRandom } from "../statistics/repeatable-random.ts";
import { type Answer, groupBy } from "./answers.ts";

type Figures = Record<string, number | null>;
type GroupOf = (answer: Answer) => number | boolean | undefined;

/** A source with fewer patients hardly varies in resamples: with one it never does. */
const minimumPatients = 5;

export interface BootstrapOptions {
  /** How many times patients are drawn. */
  replicates: number;
  seed: number;
}

/**
 * Each figure with its 95 % interval: percentiles of its values over resamples. Each draws from every source, with
 * replacement, as many patients as the source has (cluster bootstrap; Davison and Hinkley 1997, section 3.8). Sources of
 * fewer than five patients are drawn from together, as if they were one.
 * Photographs of one patient stay together, because they are not independent evidence. Where all resamples agree, as
 * when every answer is right, they say nothing of the uncertainty: the interval is then Wilson's, of as many trials as
 * there are patients.
 *
 * @param compute the figures of a set of answers; a figure that cannot be computed is null, and left out of the
 * interval
 * @param groupOf which of the groups that a figure compares an answer belongs to; undefined for one that is not compared
 */
export function estimateByPatient<F extends Figures>(
  answers: readonly Answer[],
  compute: (answers: readonly Answer[]) => F,
  { replicates, seed }: BootstrapOptions,
  groupOf: GroupOf = ({ actual }) => actual,
): { [K in keyof F]: Estimate } {
  const ofSources = [...groupBy(answers, ({ source }) => source).values()].map((ofSource) => [
    ...groupBy(ofSource, ({ patient }) => patient).values(),
  ]);
  const strata = [
    ...ofSources.filter((patients) => patients.length >= minimumPatients),
    ofSources.filter((patients) => patients.length < minimumPatients).flat(),
  ];
  const random = createRandom(seed);
  const drawn = Array.from({ length: replicates }, () =>
    compute(strata.flatMap((patients) => drawAnew(patients, random))),
  );
  const value = compute(answers);
  const estimates = Object.keys(value).map((name) => [
    name,
    {
      value: value[name] as number | null,
      ...computeInterval(
        drawn.map((figures) => figures[name] as number | null),
        () => countPatients(strata.flat(), groupOf, (answers) => compute(answers)[name] !== null),
      ),
    },
  ]);
  return Object.fromEntries(estimates) as { [K in keyof F]: Estimate };
}

function drawAnew(patients: readonly Answer[][], random: () => number): Answer[] {
  return patients.flatMap(() => patients[Math.floor(random() * patients.length)] as Answer[]);
}

/**
 * How many patients a figure is computed from: those of whom it can be computed alone. Of one that compares groups (AUC), which
 * no group has by itself, those of the group that has the fewest: a patient with eyes of both groups is no more evidence than
 * others.
 */
function countPatients(
  patients: readonly (readonly Answer[])[],
  groupOf: GroupOf,
  isComputable: (answers: readonly Answer[]) => boolean,
): number {
  const compared = patients.flat().filter((answer) => groupOf(answer) !== undefined);
  const groups = [...groupBy(compared, groupOf).values()];
  if (groups.some(isComputable)) return patients.filter(isComputable).length;
  return Math.min(...groups.map((ofGroup) => groupBy(ofGroup, ({ patient }) => patient).size));
}

function computeInterval(
  values: readonly (number | null)[],
  count: () => number,
): Pick<Estimate, "low" | "high"> {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least !== undefined && least === most) {
    const trials = count();
    const { low, high } = estimateProportion(least * trials, trials);
    return { low, high };
  }
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? null;
  return { low: at(0.025), high: at(0.975) };
}
