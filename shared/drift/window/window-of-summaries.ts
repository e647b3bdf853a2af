import type { RecentWindow, SeriesPoint } from "../../schemas/drift-report.ts";
import type { BinnedValues, HourSummary, PredictionGroup } from "../../schemas/hour-summary.ts";
import { findBin } from "../figures/bins.ts";
import { confidence as confidenceFigure } from "../figures/confidence.ts";
import type { Figure } from "../figures/figure.ts";
import { listFigures } from "../figures/figures.ts";
import { deviationOf, listValues } from "../summary/binned-values.ts";
import { countSessions, mergeGroups, servedUntil } from "../summary/prediction-group.ts";
import type { AnalysedWindow, FigureSample, JudgedPredictions } from "./analysed-window.ts";
import { countRefused } from "./window-facts.ts";

/** More values would not change any distance by a thousandth. */
const comparedValues = 10_000;
const seriesPoints = 120;

/** Which predictions of a summary to take; all of them where nothing is named. */
export interface GroupFilter {
  /** `version` or `name/version`. */
  modelVersion?: string | undefined;
  deployment?: string | undefined;
}

export const isOfVersion = (nameAndVersion: string, wanted: string | undefined): boolean =>
  wanted === undefined || nameAndVersion === wanted || nameAndVersion.endsWith(`/${wanted}`);

/** Adds up hours one by one, so that only one of them and their sum are in memory. */
export function createSummaryWindow(filter: GroupFilter, lowConfidencePercent: number) {
  const sums = new Map<string, PredictionGroup>();
  let serving: PredictionGroup | undefined;
  let refused = 0;
  let series: SeriesPoint[] = [];

  return {
    /** @param hour each once, in the order of time */
    add({ groups, refused: ofHour = {} }: HourSummary): void {
      const chosen = groups.filter(
        ({ model_version, deployment }) =>
          isOfVersion(model_version, filter.modelVersion) &&
          (filter.deployment === undefined || deployment === filter.deployment),
      );
      // A window begins with its first prediction; a refused photograph is of no version.
      if (filter.modelVersion === undefined && (sums.size > 0 || chosen.length > 0))
        refused += countOf(ofHour, filter.deployment);
      if (chosen.length === 0) return;
      for (const group of chosen) {
        const before = sums.get(group.model_version);
        sums.set(group.model_version, before === undefined ? group : mergeGroups(before, group));
      }
      // Over all hours: in the newest one a challenger alone may have answered.
      for (const group of chosen) if (serving === undefined || servedLater(group, serving)) serving = group;
      series.push(describePoint((chosen as [PredictionGroup]).reduce(mergeGroups)));
      if (series.length === 2 * seriesPoints) series = halve(series);
    },
    /** Undefined when the filter let no prediction through. */
    finish(): AnalysedWindow | undefined {
      if (sums.size === 0) return undefined;
      const all = ([...sums.values()] as [PredictionGroup]).reduce(mergeGroups);
      const judged = judgedGroup(all, lowConfidencePercent);
      return {
        ...judged,
        facts: countRefused(judged.facts, refused),
        ofVersion(version) {
          const group = sums.get(version);
          if (group === undefined)
            throw new RangeError(`Expected a version of the window but received ${version}`);
          return judgedGroup(group, lowConfidencePercent);
        },
        origin: {
          first_timestamp_ms: all.first_timestamp_ms,
          last_timestamp_ms: all.last_timestamp_ms,
          refused_count: refused,
          last_refused_ms: null,
          session_count: countSessions(all),
          model_versions: [...sums.keys()].sort(),
          challenger_versions: [...sums.values()]
            .filter((group) => servedUntil(group) === 0)
            .map(({ model_version }) => model_version)
            .sort(),
        },
        servingVersion: serving?.model_version,
        series: series.length > seriesPoints ? halve(series) : series,
        latest: [],
      };
    },
  };
}

const countOf = (counts: Readonly<Record<string, number>>, deployment: string | undefined): number =>
  Object.entries(counts).reduce(
    (sum, [name, count]) => sum + (deployment === undefined || name === deployment ? count : 0),
    0,
  );

/** By the newest answer that is not a challenger's; where there is none, by the newest of all. */
const servedLater = (group: PredictionGroup, other: PredictionGroup): boolean =>
  (servedUntil(group) - servedUntil(other) || group.last_timestamp_ms - other.last_timestamp_ms) > 0;

function judgedGroup(group: PredictionGroup, lowConfidencePercent: number): JudgedPredictions {
  const confidence = group.figures.confidence as BinnedValues;
  const mean = confidence.mean / 100;
  return {
    predictions: group.predictions,
    classes: { counts: group.class_counts, autocorrelationTime: group.class_autocorrelation_time },
    labels: Object.keys(group.figures)
      .filter((name) => name.startsWith("prob_"))
      .map((name) => name.slice("prob_".length))
      .sort(),
    sample: (figure) => sampleGroup(group, figure),
    rows: [...group.sample].sort((a, b) => a.timestamp_ms - b.timestamp_ms),
    // The sample is drawn at random from many, so practically no two of its rows are neighbours.
    blockLength: 1,
    facts: {
      recent: describeRecent(group, lowConfidencePercent),
      pictures: {
        ...group.pictures,
        mostRepeated: Object.values(group.pictures.repeated).reduce(
          (most, count) => Math.max(most, count),
          0,
        ),
      },
      decisions: group.decision_counts,
    },
    confidence: {
      mean,
      meanOfSquares: mean ** 2 + (deviationOf(confidence) / 100) ** 2,
      sharesAt: (percent) => {
        const tied = (confidence.bins[findBin(percent, confidenceFigure.bins)] ?? 0) / confidence.count;
        return { above: Math.max(0, 1 - shareBelow(confidence, percent) - tied), tied };
      },
    },
    isBinned: true,
    leastSure: group.least_sure,
  };
}

function sampleGroup({ figures }: PredictionGroup, { name, bins }: Figure): FigureSample | undefined {
  const values = figures[name];
  if (values === undefined) return undefined;
  return {
    values: listValues(values, bins, comparedValues),
    count: values.count,
    mean: values.mean,
    autocorrelationTime: values.autocorrelation_time,
  };
}

function describeRecent(group: PredictionGroup, lowConfidencePercent: number): RecentWindow {
  const { confidence, inference_time_ms: time } = group.figures;
  const classes = Object.entries(group.class_counts).sort(([first], [second]) => (first < second ? -1 : 1));
  return {
    recent_prediction_count: group.predictions,
    recent_avg_confidence: confidence?.mean ?? null,
    recent_std_confidence: confidence ? deviationOf(confidence) : null,
    recent_low_confidence_ratio: confidence ? shareBelow(confidence, lowConfidencePercent) : null,
    recent_avg_inference_time_ms: time?.mean ?? null,
    recent_std_inference_time_ms: time ? deviationOf(time) : null,
    recent_class_ratio: Object.fromEntries(classes.map(([name, count]) => [name, count / group.predictions])),
  };
}

/** Exact where the limit is an edge of a bin, as whole and quarter per cents are. */
function shareBelow({ bins, count }: BinnedValues, percent: number): number {
  const limit = findBin(percent, confidenceFigure.bins);
  const below = Object.entries(bins).reduce(
    (sum, [bin, inBin]) => sum + (Number(bin) < limit ? inBin : 0),
    0,
  );
  return below / count;
}

function describePoint(group: PredictionGroup): SeriesPoint {
  return {
    timestamp_ms: group.first_timestamp_ms,
    prediction_count: group.predictions,
    means: Object.fromEntries(
      listFigures([]).flatMap(({ name }) => {
        const values = group.figures[name];
        return values === undefined ? [] : [[name, values.mean]];
      }),
    ),
  };
}

/** Makes one point of two neighbours. */
function halve(points: readonly SeriesPoint[]): SeriesPoint[] {
  return points.flatMap((point, at) => {
    if (at % 2 === 1) return [];
    const next = points[at + 1];
    return [next === undefined ? point : joinPoints(point, next)];
  });
}

function joinPoints(first: SeriesPoint, second: SeriesPoint): SeriesPoint {
  const count = first.prediction_count + second.prediction_count;
  const names = new Set([...Object.keys(first.means), ...Object.keys(second.means)]);
  const means = [...names].map((name) => {
    const before = first.means[name] ?? (second.means[name] as number);
    const after = second.means[name] ?? before;
    return [name, (before * first.prediction_count + after * second.prediction_count) / count];
  });
  return { timestamp_ms: first.timestamp_ms, prediction_count: count, means: Object.fromEntries(means) };
}
