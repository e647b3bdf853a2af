import type { DriftReport } from "../schemas/drift-report.ts";
import type { PredictionRecord } from "../schemas/inference-record.ts";
import { computeDriftReport } from "./drift-report.ts";
import type { DriftReportSettings } from "./drift-report-settings.ts";
import type { ComparedRecord } from "./figures/figure.ts";
import type { ReferenceWindow } from "./reference/reference-window.ts";

/**
 * Compares rows that need not come from the service with a reference. The window is all of them; they need not say when they were
 * answered and by which version.
 */
export function compareRows(
  rows: readonly ComparedRecord[],
  reference: ReferenceWindow,
  settings: DriftReportSettings,
  madeAt: Date,
): DriftReport {
  const windowSize = Math.max(rows.length, settings.minimumPredictions);
  const report = computeDriftReport(rows.map(completeRecord), { ...settings, windowSize }, madeAt, {
    ...reference,
    rows: rows.every(hasTime) ? reference.rows : reference.rows.map(withoutTime),
  });
  // No prediction will join the rows, however old they are.
  const selection = { ...report.window.selection, to_ms: madeAt.getTime() };
  return { ...report, window: { ...report.window, selection } };
}

const hasTime = ({ inference_time_ms }: ComparedRecord) => inference_time_ms !== undefined;

/** If the rows lack times, the reference's are left out, so that the model does not seem faster. */
const withoutTime = (row: ComparedRecord): ComparedRecord => ({ ...row, inference_time_ms: undefined });

/** Completes a row that the service did not write; its index serves as its time. */
function completeRecord(row: ComparedRecord, index: number): PredictionRecord {
  return {
    session_id: "",
    step: index + 1,
    timestamp_ms: index,
    model: { name: "unknown", version: "unknown" },
    inference_time_ms: 0,
    ...row,
  } as PredictionRecord;
}
