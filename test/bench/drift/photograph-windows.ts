import { readFileSync } from "node:fs";
import { computeDriftReport } from "../../../shared/drift/drift-report.ts";
import {
  parseReferenceWindow,
  type ReferenceWindow,
} from "../../../shared/drift/reference/reference-window.ts";
import type { PredictionRecord } from "../../../shared/schemas/inference-record.ts";
import { createPredictionRecord, defaultDriftSettings } from "../../support/prediction-records.ts";
import { createRandom } from "../../support/random.ts";
import type { MeasuredPhotograph } from "./measure-photographs.ts";

const windowSize = defaultDriftSettings.windowSize;
const referenceRows = 1_000;
/** Predictions between two looks at the log. */
const step = 20;

/** How photographs come: one by one, or the patients one after the other. */
export type Order = "photographs" | "patients";

type Draw = () => MeasuredPhotograph;

/** What the packaged model says of itself. */
export const readPackagedReference = (): ReferenceWindow =>
  parseReferenceWindow(
    readFileSync("models/eye-disease/reference-window.jsonl", "utf8"),
    "the packaged model",
  );

/** Photographs drawn with replacement from those that were measured, of both halves of the patients alike. */
function createDraw(pool: readonly MeasuredPhotograph[], order: Order, random: () => number): Draw {
  const patients = [...Map.groupBy(pool, ({ group }) => group).values()];
  const choose = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  let waiting: MeasuredPhotograph[] = [];
  return () => {
    if (order === "photographs") return choose(pool);
    if (waiting.length === 0) {
      // Several pictures of each eye, as a clinic takes them.
      const patient = choose(patients);
      waiting = [...patient, ...patient];
    }
    return waiting.shift() as MeasuredPhotograph;
  };
}

/** One picture is never sent twice to the last decimal: a little noise on what was measured. */
function record(index: number, photograph: MeasuredPhotograph, random: () => number): PredictionRecord {
  const {
    file: _file,
    group: _group,
    variant: _variant,
    clinic: _clinic,
    label: _label,
    ...row
  } = photograph;
  const measures = row.image_measures ?? {};
  const noisy = Object.fromEntries(
    Object.entries(measures).map(([name, value]) => [
      name,
      (value as number) * (1 + 0.01 * (random() - 0.5)),
    ]),
  );
  return createPredictionRecord(index, {
    ...(row as Partial<PredictionRecord>),
    inference_time_ms: 12 * Math.exp(0.3 * (random() + random() - 1)),
    image_measures: noisy as unknown as NonNullable<PredictionRecord["image_measures"]>,
  });
}

const recordsOf = (count: number, draw: Draw, random: () => number) =>
  Array.from({ length: count }, (_, index) => record(index, draw(), random));

const judge = (records: readonly PredictionRecord[], reference: ReferenceWindow) =>
  computeDriftReport(records, defaultDriftSettings, new Date(0), reference);

const asReference = (rows: readonly PredictionRecord[]): ReferenceWindow => ({
  source: "photographs",
  rows: [...rows],
});

/**
 * Windows without drift that are not `ok`.
 *
 * @param given the reference of all of them; without one each has a reference of its own, of the same pool
 */
export function measurePhotographAlarms(
  pool: readonly MeasuredPhotograph[],
  order: Order,
  windows: number,
  given?: ReferenceWindow,
): { alarms: number; byCause: Record<string, number> } {
  let alarms = 0;
  const byCause: Record<string, number> = {};
  for (let window = 0; window < windows; window++) {
    const random = createRandom(40_000 + window);
    const draw = createDraw(pool, order, random);
    const reference = given ?? asReference(recordsOf(referenceRows, draw, random));
    const { causes } = judge(recordsOf(windowSize, draw, random), reference);
    if (causes.length > 0) alarms++;
    for (const { name } of causes) byCause[name] = (byCause[name] ?? 0) + 1 / windows;
  }
  return { alarms, byCause };
}

/** What comes instead of the usual photographs; `change` gets each of them and how many came since the change. */
export interface PhotographDrift {
  kind: string;
  size: string;
  /** The causes, one of which a report should name first. */
  expected: readonly string[];
  pool: readonly MeasuredPhotograph[];
  change?: (record: PredictionRecord, index: number) => PredictionRecord;
}

export interface PhotographDetection {
  kind: string;
  size: string;
  /** Share of windows, filled with the change, in which it is found; and found with an expected cause first. */
  detected: number;
  named: number;
  /** Predictions from the change to the first report that is not `ok`, the median; null when later than 100. */
  delay: number | null;
}

export function detectPhotographDrift(
  usual: readonly MeasuredPhotograph[],
  { kind, size, expected, pool, change = (same) => same }: PhotographDrift,
  windows: number,
): PhotographDetection {
  const delays: number[] = [];
  let [detected, named] = [0, 0];
  for (let window = 0; window < windows; window++) {
    const random = createRandom(60_000 + window);
    const before = createDraw(usual, "patients", random);
    const after = createDraw(pool, "patients", random);
    const reference = asReference(recordsOf(referenceRows, before, random));
    const changed = recordsOf(windowSize, after, random).map((one, at) => change(one, at));
    const records = [...recordsOf(windowSize, before, random), ...changed].map((one, at) => ({
      ...one,
      timestamp_ms: at * 60_000,
    }));
    const report = judge(records, reference);
    if (report.severity !== "ok") detected++;
    if (expected.includes(report.causes[0]?.name ?? "")) named++;
    let delay = Number.POSITIVE_INFINITY;
    for (let seen = step; seen <= windowSize && delay > seen; seen += step)
      if (judge(records.slice(0, windowSize + seen), reference).severity !== "ok") delay = seen;
    delays.push(delay);
  }
  const median = delays.sort((a, b) => a - b)[Math.floor(windows / 2)] as number;
  return {
    ...{ kind, size, detected: detected / windows, named: named / windows },
    delay: Number.isFinite(median) ? median : null,
  };
}
