import type {
  DriftReport,
  DriftReportPrediction,
  RecentWindow,
  SeriesPoint,
} from "../../schemas/drift-report.ts";
import type { LeastSure } from "../../schemas/hour-summary.ts";
import type { ComparedRecord, Figure } from "../figures/figure.ts";
import type { SharesAt } from "../statistics/estimated-accuracy.ts";

/** Counts of pictures that are faulty in themselves. */
export interface PictureCounts {
  /** Predictions with image measures; the other counts are among these. */
  measured: number;
  dark: number;
  plain: number;
  /** How often the picture came that came most often. */
  mostRepeated: number;
}

/** What the rules judge. */
export interface WindowFacts {
  recent: RecentWindow;
  pictures: PictureCounts;
  /** How often each decision was given; empty for a log from before there were decisions. */
  decisions: Readonly<Record<string, number>>;
}

/** The values of one figure. */
export interface FigureSample {
  /** As many as are worth comparing. */
  values: readonly number[];
  /** How many predictions the values stand for. */
  count: number;
  mean: number;
  /** How many neighbours in time say as much as one independent value. */
  autocorrelationTime: number;
  /** All values in the order of time, where they are known. */
  ordered?: readonly number[];
}

/** One side of a comparison. */
export interface ComparedWindow {
  predictions: number;
  classes: {
    /** How many predictions name each class. */
    counts: Readonly<Record<string, number>>;
    autocorrelationTime: number;
    /** The classes that each prediction names, in the order of time, where they are known. */
    ordered?: readonly (readonly string[])[];
  };
  /** Classes that have a probability. */
  labels: readonly string[];
  /** The values of a figure; undefined where no record has it. */
  sample(figure: Figure): FigureSample | undefined;
  /** Whole records, for tests that look at several figures at once. */
  rows: readonly ComparedRecord[];
  /** How many neighbours in `rows` belong together. */
  blockLength: number;
  /** Whether values are known only to their bin, so that the reference must be binned too, and `rows` are a random sample. */
  isBinned: boolean;
}

/** Predictions that are judged beside a reference. */
export interface JudgedPredictions extends ComparedWindow {
  facts: WindowFacts;
  /** Probability of the predicted class, 0..1: its mean, the mean of its square, and the shares above and at a value in percent. */
  confidence: { mean: number; meanOfSquares: number; sharesAt(percent: number): SharesAt } | undefined;
  leastSure: LeastSure[];
}

/** Whether several classes can be right of a picture; hour summaries say so of their least sure answers alone. */
export const canNameSeveral = ({ rows, leastSure }: JudgedPredictions): boolean =>
  [...rows, ...leastSure].some((answer) => answer.predicted_classes !== undefined);

/** A window of predictions, made of the records themselves or of hour summaries. */
export interface AnalysedWindow extends JudgedPredictions {
  /** @param version `name/version` */
  ofVersion(version: string): JudgedPredictions;
  origin: Pick<
    DriftReport["window"],
    | "first_timestamp_ms"
    | "last_timestamp_ms"
    | "refused_count"
    | "last_refused_ms"
    | "session_count"
    | "model_versions"
    | "challenger_versions"
  >;
  /** `name/version` of the newest prediction that is not a challenger's. */
  servingVersion: string | undefined;
  series: SeriesPoint[];
  latest: DriftReportPrediction[];
}
