import { readFile } from "node:fs/promises";
import { compareRows } from "../../shared/drift/compare-rows.ts";
import type { DriftReportSettings } from "../../shared/drift/drift-report-settings.ts";
import { parseComparedRecords, parseReferenceWindow } from "../../shared/drift/reference/reference-window.ts";
import { ServiceError } from "../../shared/errors/service-error.ts";
import type { DriftReport } from "../../shared/schemas/drift-report.ts";

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
  return compareRows(rows, reference, settings, new Date());
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
