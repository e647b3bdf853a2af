import type { Decision } from "../../schemas/prediction.ts";
import type { ComparedRecord } from "../figures/figure.ts";
import { isDark } from "../rules/dark-pictures.ts";
import { fingerprintOf } from "../rules/identical-pictures.ts";
import { isPlain } from "../rules/plain-pictures.ts";
import { addCounts, countNames } from "../summary/counts.ts";
import type { PictureCounts, WindowFacts } from "./analysed-window.ts";
import { computeRecentWindow } from "./recent-window.ts";

/** What the rules judge, from the records of a window or the rows of a reference. */
export const describeFacts = (
  records: readonly ComparedRecord[],
  lowConfidencePercent: number,
): WindowFacts => ({
  recent: computeRecentWindow(records, lowConfidencePercent),
  pictures: countPictures(records.filter((record) => record.image_measures !== undefined)),
  decisions: countNames(records.flatMap(({ decision }) => decision ?? [])),
});

/** Counts photographs that were refused as ungradable among those that were answered as such. */
export const countRefused = (facts: WindowFacts, refused: number): WindowFacts =>
  refused === 0 ? facts : { ...facts, decisions: addCounts(facts.decisions, { [ungradable]: refused }) };
const ungradable: Decision = "ungradable";

function countPictures(measured: readonly ComparedRecord[]): PictureCounts {
  const repeated = countNames(measured.flatMap((record) => fingerprintOf(record) ?? []));
  return {
    measured: measured.length,
    dark: measured.filter(isDark).length,
    plain: measured.filter(isPlain).length,
    mostRepeated: Object.values(repeated).reduce((most, count) => Math.max(most, count), 0),
  };
}
