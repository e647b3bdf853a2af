import { expect, it, vi } from "vitest";
import { createTableKey, startOfHour } from "../../../../shared/inference-log/log-keys.ts";
import { parseLogLine, renderLogLine } from "../../../../shared/inference-log/log-lines.ts";
import { renderParquet } from "../../../../shared/inference-log/table/parquet.ts";
import { createMaintenanceReport } from "../../../../shared/tracking/upkeep/maintenance-report.ts";
import {
  reconcileAgain,
  reconcileRequestKey,
  requestReconciliation,
} from "../../../../shared/tracking/upkeep/reconcile-again.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";
import { predictionOf } from "../../labels/prediction-of.ts";

const hourMs = 3_600_000;
const firstMs = startOfHour(Date.parse("2026-11-25T10:00:00Z"));
const hours = [0, 1, 2].map((hour) => firstMs + hour * hourMs);

/** A table with a record in each of three hours, of which MLflow may lack everything. */
async function prepare() {
  const location = { store: createMemoryStore(), bucket: "log", prefix: "" };
  for (const start of hours) {
    const key = createTableKey("", { hourMs: start, newestMs: start + 1, hash: "ab", predictions: 1 });
    const lines = [predictionOf(start + 1)].map(renderLogLine).map(parseLogLine);
    await location.store.putObject("log", key, renderParquet(lines));
  }
  await requestReconciliation(location, firstMs);
  const sent: number[] = [];
  const again = (isTimeUp: () => boolean) =>
    reconcileAgain({
      ...{ location, isTimeUp, nowMs: firstMs + 24 * hourMs, log: createRecordedLog() },
      reconciler: {
        reconcile: async (records) => {
          sent.push(...records.map(({ timestamp_ms }) => startOfHour(timestamp_ms)));
          return { sent: records.length, refused: [] };
        },
      },
      ...{ newestRecordMs: new Map(), newestTotals: new Map() },
      report: createMaintenanceReport(),
    });
  return { location, again, sent };
}

it("is not held up for ever by an hour whose table is damaged", async () => {
  const { location, again, sent } = await prepare();
  const [, damaged = ""] = [...location.store.objects.keys()]
    .filter((key) => key.endsWith(".parquet"))
    .sort();
  location.store.objects.set(damaged, "no table");
  expect(await again(() => false)).toBe(true);
  expect(sent).toEqual([hours[0], hours[2]]);
  expect(location.store.objects.has(reconcileRequestKey(""))).toBe(false);
});

it("goes on where its time was up, not from the beginning", async () => {
  const { location, again, sent } = await prepare();
  const isTimeUp = vi.fn(() => true).mockReturnValueOnce(false);
  expect(await again(isTimeUp)).toBe(false);
  expect(sent).toEqual(hours.slice(0, 1));
  const request = JSON.parse(location.store.objects.get(reconcileRequestKey("")) ?? "");
  expect(Date.parse(request.since)).toBe(hours[1]);

  expect(await again(() => false)).toBe(true);
  expect(sent).toEqual(hours);
  expect(location.store.objects.has(reconcileRequestKey(""))).toBe(false);
});
