import type { Log, LogDetails } from "../../shared/schemas/log.ts";

export interface LogLine {
  level: "debug" | "info" | "warn" | "error";
  message: string;
  details: LogDetails;
}

/** A log that keeps its lines for a test to read. */
export function createRecordedLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const write =
    (level: LogLine["level"]) =>
    (message: string, details: LogDetails = {}) => {
      lines.push({ level, message, details });
    };
  return { lines, debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}
