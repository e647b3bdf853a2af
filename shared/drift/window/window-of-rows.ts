import { classesOf } from "../../schemas/inference-record.ts";
import { roundToBin } from "../figures/bins.ts";
import type { ComparedRecord, Figure } from "../figures/figure.ts";
import { computeAutocorrelationTime } from "../statistics/autocorrelation-time.ts";
import { computeMean } from "../statistics/moments.ts";
import { countNames } from "../summary/counts.ts";
import { computeClassTime } from "../summary/prediction-group.ts";
import type { ComparedWindow, FigureSample } from "./analysed-window.ts";

/**
 * @param rows in the order of time
 * @param isBinned whether to round values to their bins, for a comparison with a window that knows no more
 */
export function windowOfRows(rows: readonly ComparedRecord[], isBinned = false): ComparedWindow {
  const classes = rows.map(classesOf);
  return {
    predictions: rows.length,
    classes: {
      counts: countNames(classes.flat()),
      autocorrelationTime: computeClassTime(classes),
      ordered: classes,
    },
    labels: [...new Set(rows.flatMap((row) => Object.keys(row.probabilities)))].sort(),
    sample: (figure) => sampleRows(rows, figure, isBinned),
    rows,
    blockLength: computeAutocorrelationTime(rows.map((row) => row.confidence)),
    isBinned,
  };
}

function sampleRows(
  rows: readonly ComparedRecord[],
  { read, bins }: Figure,
  isBinned: boolean,
): FigureSample | undefined {
  const exact = rows.map(read).filter((value) => value !== undefined);
  if (exact.length === 0) return undefined;
  return {
    values: isBinned ? exact.map((value) => roundToBin(value, bins)) : exact,
    count: exact.length,
    mean: computeMean(exact) as number,
    autocorrelationTime: computeAutocorrelationTime(exact),
    ordered: exact,
  };
}
