import { findReference } from "../../functions/drift/find-reference.ts";
import { readPredictions } from "../../functions/drift/read-drift-window.ts";
import { openStorage } from "../../shared/aws/open-storage.ts";
import { judgeWindow, lastPredictions } from "../../shared/drift/drift-report.ts";
import type { DriftReportSettings } from "../../shared/drift/drift-report-settings.ts";
import type { ReferenceWindow } from "../../shared/drift/reference/reference-window.ts";
import { nameServingVersion } from "../../shared/drift/summary/hour-summary.ts";
import { windowOfRecords } from "../../shared/drift/window/window-of-records.ts";
import { createMlflowClient } from "../../shared/mlflow/index.ts";
import type { DriftReport, WindowSelection } from "../../shared/schemas/drift-report.ts";
import type { InferenceLogRecord, PredictionRecord } from "../../shared/schemas/inference-record.ts";
import type { loadDriftSettings } from "./load-drift-settings.ts";

/**
 * Judges past windows one after the other as the scheduled job would have, and writes nothing. A past time that is named as
 * the reference today counts for all of them, else each window's version has its own.
 *
 * @param size predictions of a window
 * @returns a report for each full window of the span, oldest first, of which the last one ends with the newest prediction; where it
 * is not complete, the oldest records are missing
 */
export async function replayWindows(
  selection: WindowSelection,
  size: number,
  settings: ReturnType<typeof loadDriftSettings>,
): Promise<{ reports: DriftReport[]; isComplete: boolean }> {
  const { artifactStore, requireLocation } = openStorage(settings.storage);
  const location = requireLocation();
  const { records, refused = [], isComplete } = await readPredictions(location, selection, Date.now());
  const access = {
    ...{ location, store: artifactStore, keeps: false },
    mlflow: settings.model.enableRegistry ? createMlflowClient(settings.mlflow) : undefined,
    artifactRoot: settings.model.artifactRoot,
    localModelDirectory: settings.model.localModelDirectory,
    language: settings.drift.language,
  };
  const windows = cutWindows(records, size);
  const references = new Map<string | undefined, ReferenceWindow | undefined>();
  for (const version of new Set(windows.map(nameServingVersion)))
    references.set(version, (await findReference(access, version)).reference);
  const reports = judgePastWindows(windows, refused, { ...settings.drift, windowSize: size }, (version) =>
    references.get(version),
  );
  return { reports, isComplete };
}

/**
 * Judges past windows, each with the photographs that were refused from its first prediction on until the next window begins.
 *
 * @param windows none of them empty, the oldest first
 * @param refused photographs that were refused as ungradable, in any order
 */
export function judgePastWindows(
  windows: readonly PredictionRecord[][],
  refused: readonly InferenceLogRecord[],
  settings: DriftReportSettings,
  findReferenceOf: (version: string | undefined) => ReferenceWindow | undefined,
): DriftReport[] {
  const refusedMs = refused.map(({ timestamp_ms: atMs }) => atMs);
  return windows.map((window, at) => {
    const [fromMs, toMs] = [window, windows[at + 1]].map((each) => each?.[0]?.timestamp_ms ?? Infinity) as [
      number,
      number,
    ];
    const judged = windowOfRecords(
      window,
      settings.lowConfidencePercent,
      refusedMs.filter((atMs) => atMs >= fromMs && atMs < toMs),
    );
    return judgeWindow(judged, settings, new Date(window.at(-1)?.timestamp_ms ?? 0), {
      reading: { selection: lastPredictions(settings.windowSize), brokenLines: 0, isComplete: true },
      reference: findReferenceOf(judged.servingVersion),
    });
  });
}

/** Cuts full windows so that the last one ends with the newest record; the oldest records are left over. */
export function cutWindows<T>(records: readonly T[], size: number): T[][] {
  const leftOver = records.length % size;
  return Array.from({ length: Math.floor(records.length / size) }, (_, at) =>
    records.slice(leftOver + at * size, leftOver + (at + 1) * size),
  );
}
