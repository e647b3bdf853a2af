import { describe, expect, it } from "vitest";
import { keepReport } from "../../../../functions/drift/keep-report.ts";
import { renderReportFiles } from "../../../../functions/drift/report-files.ts";
import { chooseScheduledWindow } from "../../../../functions/drift/scheduled-window.ts";
import { computeDriftReport } from "../../../../shared/drift/drift-report.ts";
import type { WindowSelection } from "../../../../shared/schemas/drift-report.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";
import { defaultDriftSettings } from "../../../support/prediction-records.ts";

const madeAt = new Date("2026-11-25T12:20:00Z");
const hourMs = 3_600_000;

async function keptUnder(chosen: Partial<WindowSelection>): Promise<string> {
  const report = computeDriftReport([], defaultDriftSettings, madeAt);
  Object.assign(report.window.selection, chosen);
  const location = { store: createMemoryStore(), bucket: "log", prefix: "" };
  const [address = ""] = await keepReport(report, renderReportFiles(report), location);
  return address.replace("s3://log/", "");
}

describe("keepReport", () => {
  it("keeps apart what somebody chose, which the dashboard must not take for the service's verdict", async () => {
    const nowMs = madeAt.getTime();
    const daily = chooseScheduledWindow({ window: "day" }, defaultDriftSettings.windowSize, nowMs);
    expect(await keptUnder(daily)).toMatch(/^drift-reports\/date=/);
    expect(await keptUnder({})).toMatch(/^drift-reports\/date=/);
    const chosen: Partial<WindowSelection>[] = [
      { model_version: "m/1" },
      { session: "s" },
      { deployment: "prod" },
      { count: 1_000 },
      { to_ms: nowMs - 30 * 24 * hourMs },
      { count: null, from_ms: nowMs - 24 * hourMs },
      { ...daily, from_ms: (daily.from_ms ?? 0) - 72 * hourMs, to_ms: (daily.to_ms ?? 0) - 72 * hourMs },
    ];
    for (const each of chosen)
      expect(await keptUnder(each), JSON.stringify(each)).toMatch(/^drift-reports\/chosen\/date=/);
  });

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
