import type { StoreLocation } from "../../shared/aws/store-location.ts";
import type { WindowReading } from "../../shared/drift/drift-report.ts";
import type { AnalysedWindow } from "../../shared/drift/window/analysed-window.ts";
import { windowOfRecords } from "../../shared/drift/window/window-of-records.ts";
import { isOfVersion } from "../../shared/drift/window/window-of-summaries.ts";
import { readRecentPredictions, readRecords } from "../../shared/inference-log/read-window.ts";
import type { WindowSelection } from "../../shared/schemas/drift-report.ts";
import {
  type InferenceLogRecord,
  isUngradableRefusal,
  type PredictionRecord,
} from "../../shared/schemas/inference-record.ts";
import type { LabelRecord } from "../../shared/schemas/label.ts";
import type { RealisedFigures } from "../../shared/schemas/realised-figures.ts";
import { readRealisedFigures } from "./read-realised-figures.ts";
import { readSummaryWindow } from "./read-summary-window.ts";

/** Up to this many records are read and judged one by one unless a caller says otherwise; more are judged by hour summaries. */
export const exactPredictions = 100_000;
/** Hours that are not compacted yet may consist of many small objects. */
const maximumObjects = 20_000;

export interface DriftWindow {
  window: AnalysedWindow;
  reading: WindowReading;
  /** How right the window's answers were, by clinicians' labels; null where there are none. */
  realised: RealisedFigures | null;
}

/**
 * Reads the window that a selection names: its records, or, when there are more than `maximumRecords` of them, the
 * summaries of its hours. A span then begins and ends at full hours and cannot be limited to one session.
 *
 * @throws StorageError when S3 cannot be read
 */
export async function readDriftWindow(
  location: StoreLocation,
  selection: WindowSelection,
  {
    lowConfidencePercent,
    nowMs,
    maximumRecords = exactPredictions,
  }: { lowConfidencePercent: number; nowMs: number; maximumRecords?: number },
): Promise<DriftWindow> {
  const { records, refused, brokenLines, isComplete } = await readPredictions(
    location,
    selection,
    nowMs,
    maximumRecords,
  );
  const reading = { selection, brokenLines, isComplete };
  if (!isComplete && selection.count === null && selection.session === null) {
    const summed = await readSummaryWindow(location, selection, { lowConfidencePercent, nowMs });
    if (summed !== undefined) {
      const { window } = summed;
      const realised = await readRealisedFigures(location, window, createLabelFilter(selection));
      return { window, reading: { ...reading, isComplete: summed.isComplete }, realised };
    }
  }
  const firstMs = records[0]?.timestamp_ms;
  const since =
    firstMs === undefined ? [] : (refused ?? (await readRefused(location, selection, firstMs, nowMs)));
  const refusedMs = since.map(({ timestamp_ms: atMs }) => atMs).filter((atMs) => atMs >= (firstMs as number));
  const window = windowOfRecords(records, lowConfidencePercent, refusedMs);
  const ids = new Set(records.map(({ prediction_id: id }) => id));
  const realised = await readRealisedFigures(location, window, ({ prediction_id: id }) => ids.has(id));
  return { window, reading, realised };
}

export interface ReadPredictions {
  /** Oldest first. */
  records: PredictionRecord[];
  /** Photographs of the same span that were refused as ungradable; absent where a number of predictions was read. */
  refused?: InferenceLogRecord[];
  brokenLines: number;
  isComplete: boolean;
}

/** The predictions of a selection. */
export async function readPredictions(
  location: StoreLocation,
  selection: WindowSelection,
  nowMs: number,
  maximumRecords = exactPredictions,
): Promise<ReadPredictions> {
  const { count, from_ms: fromMs, to_ms: toMs } = selection;
  const matches = createFilter(selection);
  if (count !== null) return readRecentPredictions(location, { limit: count, nowMs: toMs ?? nowMs, matches });
  const { records, ...reading } = await readRecords(location, {
    sinceMs: fromMs ?? 0,
    nowMs: toMs ?? nowMs,
    maximumObjects,
    maximumRecords,
  });
  return {
    ...reading,
    records: records.filter((record) => record.kind === "prediction").filter(matches),
    refused: records.filter(isUngradableRefusal).filter(matches),
  };
}

/** The photographs that were refused since a window's first prediction: the newest, where very much was recorded. */
async function readRefused(
  location: StoreLocation,
  selection: WindowSelection,
  sinceMs: number,
  nowMs: number,
): Promise<InferenceLogRecord[]> {
  const limits = { maximumRecords: exactPredictions, maximumObjects };
  const period = { sinceMs, nowMs: selection.to_ms ?? nowMs };
  const { records } = await readRecords(location, { ...period, ...limits });
  return records.filter(isUngradableRefusal).filter(createFilter(selection));
}

/** Errors are of no version. */
function createFilter(selection: WindowSelection): (record: InferenceLogRecord) => boolean {
  const { from_ms, to_ms, model_version, session, deployment } = selection;
  return (record) =>
    (from_ms === null || record.timestamp_ms >= from_ms) &&
    (to_ms === null || record.timestamp_ms < to_ms) &&
    (model_version === null ||
      ("model" in record && isOfVersion(`${record.model.name}/${record.model.version}`, model_version))) &&
    (session === null || record.session_id === session || record.session_name === session) &&
    (deployment === null || record.environment === deployment);
}

/** Labels do not say which deployment answered: a window of one deployment has none. */
const createLabelFilter =
  ({ model_version, deployment }: WindowSelection) =>
  ({ prediction: { model } }: LabelRecord): boolean =>
    deployment === null && isOfVersion(`${model.name}/${model.version}`, model_version ?? undefined);
