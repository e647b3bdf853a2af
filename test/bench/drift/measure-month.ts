import { judgeWindow, lastPredictions } from "../../../shared/drift/drift-report.ts";
import { summariseRecords } from "../../../shared/drift/summary/hour-summary.ts";
import { createSummaryWindow } from "../../../shared/drift/window/window-of-summaries.ts";
import type { HourSummary } from "../../../shared/schemas/hour-summary.ts";
import { hourSummarySchema } from "../../../shared/schemas/hour-summary.ts";
import { defaultDriftSettings } from "../../support/prediction-records.ts";
import { simulateRecords } from "./simulated-clinic.ts";

const hours = 30 * 24;
const hourMs = 3_600_000;
/** Different hours that are made; they are used again and again. */
const madeHours = 12;
const recordsPerMadeHour = 20_000;
const predictionsPerMonth = 100_000_000;
const clinic = { photographsPerPatient: 4, sharedPart: 0.5 };

export interface MonthMeasurement {
  predictions: number;
  bytesPerHour: number;
  /** To read the text of each hour, add all up and judge them; without S3. */
  seconds: number;
  peakMegabytes: number;
  /** To summarise one hour's records. */
  summariseSeconds: number;
}

/** Judges thirty days of 100 million predictions by their hours' summaries, as text as S3 holds them. */
export function measureMonth(): MonthMeasurement {
  const started = performance.now();
  const texts = Array.from({ length: madeHours }, (_, at) =>
    JSON.stringify(enlarge(summariseRecords(simulateRecords(recordsPerMadeHour, clinic, 7_000 + at)))),
  );
  const summariseSeconds = (performance.now() - started) / 1_000 / madeHours;
  const reference = { source: "simulated", rows: simulateRecords(5_000, clinic, 1) };

  const begun = performance.now();
  let peakBytes = 0;
  const window = createSummaryWindow({}, defaultDriftSettings.lowConfidencePercent);
  for (let hour = 0; hour < hours; hour++) {
    const summary = hourSummarySchema.parse(JSON.parse(texts[hour % madeHours] as string));
    window.add(shift(summary, hour));
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }
  const finished = window.finish();
  if (finished === undefined) throw new Error("Expected predictions");
  const reading = { selection: lastPredictions(1), brokenLines: 0, isComplete: true };
  const report = judgeWindow(finished, defaultDriftSettings, new Date(), { reading, reference });
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  return {
    predictions: report.window.recent_prediction_count,
    bytesPerHour: texts.reduce((sum, text) => sum + text.length, 0) / madeHours,
    seconds: (performance.now() - begun) / 1_000,
    peakMegabytes: peakBytes / 1e6,
    summariseSeconds,
  };
}

/** As many predictions as an hour of such a month has: each counts several times. */
function enlarge({ format, groups }: HourSummary): HourSummary {
  const factor = Math.ceil(predictionsPerMonth / hours / recordsPerMadeHour);
  const times = (counts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count * factor]));
  return {
    format,
    groups: groups.map((group) => ({
      ...group,
      predictions: group.predictions * factor,
      class_counts: times(group.class_counts),
      pictures: {
        ...group.pictures,
        measured: group.pictures.measured * factor,
        repeated: times(group.pictures.repeated),
      },
      figures: Object.fromEntries(
        Object.entries(group.figures).map(([name, values]) => [
          name,
          {
            ...values,
            count: values.count * factor,
            squares: values.squares * factor,
            bins: times(values.bins),
          },
        ]),
      ),
    })),
  };
}

const shift = (summary: HourSummary, hour: number): HourSummary => ({
  ...summary,
  groups: summary.groups.map((group) => ({
    ...group,
    first_timestamp_ms: group.first_timestamp_ms + hour * hourMs,
    last_timestamp_ms: group.last_timestamp_ms + hour * hourMs,
  })),
});
