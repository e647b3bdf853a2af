import { expect, it } from "vitest";
import { renderReportFiles } from "../../../../functions/drift/report-files.ts";
import { computeDriftReport } from "../../../../shared/drift/drift-report.ts";
import { driftReportSchema } from "../../../../shared/schemas/drift-report.ts";
import { createPredictionRecords, defaultDriftSettings } from "../../../support/prediction-records.ts";

it("gives the report back as JSON", () => {
  const records = createPredictionRecords(60);
  const report = computeDriftReport(records, defaultDriftSettings, new Date("2026-11-25T12:00:00Z"));
  const json = renderReportFiles(report).find(({ name }) => name === "drift-report.json");
  expect(driftReportSchema.parse(JSON.parse(json?.text ?? ""))).toEqual(report);
});
