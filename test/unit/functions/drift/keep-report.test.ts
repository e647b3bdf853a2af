import { describe, expect, it } from "vitest";
import { keepReport } from "../../../../functions/drift/keep-report.ts";
import { renderReportFiles } from "../../../../functions/drift/report-files.ts";
import { computeDriftReport } from "../../../../shared/drift/drift-report.ts";
import { defaultDriftSettings } from "../../../support/prediction-records.ts";

describe("keepReport", () => {
  it("writes both files under the date and time of the report", async () => {
    const report = computeDriftReport([], defaultDriftSettings, new Date("2026-11-25T12:00:00Z"));
    const put: unknown[][] = [];
    const store = {
      putObject: async (...request: unknown[]) => {
        put.push(request);
        return "etag";
      },
    };
    const addresses = await keepReport(report, renderReportFiles(report), {
      store,
      bucket: "log",
      prefix: "clinic/",
    });
    const folder = "clinic/drift-reports/date=2026-11-25/2026-11-25T12-00-00.000Z";
    expect(addresses).toEqual([
      `s3://log/${folder}/drift-report.html`,
      `s3://log/${folder}/drift-report.json`,
    ]);
    expect(put.map(([bucket, key]) => `s3://${bucket}/${key}`)).toEqual(addresses);
    expect(put[0]?.[2]).toMatch(/^<!doctype html>/);
    expect(JSON.parse(put[1]?.[2] as string)).toEqual(report);
  });
});
