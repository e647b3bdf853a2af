import { readFile } from "node:fs/promises";
import { computeDriftReport } from "../../shared/drift/drift-report.ts";
import type { DriftReportSettings } from "../../shared/drift/drift-report-settings.ts";
import type { ComparedRecord } from "../../shared/drift/figures/figure.ts";
import { parseComparedRecords, parseReferenceWindow } from "../../shared/drift/reference-window.ts";
import { ServiceError } from "../../shared/errors/service-error.ts";
import type { DriftReport } from "../../shared/schemas/drift-report.ts";
import type { PredictionRecord } from "../../shared/schemas/inference-record.ts";

/**
 * Compares a file of inference records with another one, without any server. The window is all predictions of the current
 * file.
 *
 * @throws ServiceError when a file cannot be read or holds something else
 */
export async function compareFiles(
  referenceFile: string,
  currentFile: string,
  settings: DriftReportSettings,
): Promise<DriftReport> {
  const [referenceText, currentText] = await Promise.all([read(referenceFile), read(currentFile)]);
  const reference = explain(() => parseReferenceWindow(referenceText, referenceFile));
  const rows = explain(() => parseComparedRecords(currentText, currentFile));
  const windowSize = Math.max(rows.length, settings.minimumPredictions);
  return computeDriftReport(rows.map(completeRecord), { ...settings, windowSize }, new Date(), {
    ...reference,
    rows: rows.every(hasTime) ? reference.rows : reference.rows.map(withoutTime),
  });
}

const hasTime = ({ inference_time_ms }: ComparedRecord) => inference_time_ms !== undefined;

/** If the current file lacks times, the reference's are left out, so that the model does not seem faster. */
const withoutTime = (row: ComparedRecord): ComparedRecord => ({ ...row, inference_time_ms: undefined });

/** Completes a row that the service did not write; its index in the file serves as its time. */
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

async function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: Error) => {
    throw new ServiceError("unreadable_file", `${file} cannot be read: ${error.message}`, { cause: error });
  });
}

/** A malformed file is the user's to correct: the error is shown without a stack. */
function explain<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ServiceError("invalid_file", error.message, { cause: error });
  }
}
