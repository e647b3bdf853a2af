import { openStorage } from "../../shared/aws/open-storage.ts";
import { createHttpHandler } from "../../shared/http/http-handler.ts";
import { readHours } from "../../shared/inference-log/read-hours.ts";
import { readRecentPredictions, readRecords } from "../../shared/inference-log/read-window.ts";
import { computeServiceTotals } from "../../shared/inference-log/totals/service-totals.ts";
import { startFunction } from "../../shared/runtime/start-function.ts";
import { driftSettings } from "../../shared/settings/drift.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { createDashboard } from "./dashboard.ts";
import { createMetrics } from "./metrics.ts";
import { readKeptReference } from "./read-kept-reference.ts";
import { readVerdicts } from "./read-verdicts.ts";

/** How much of the log one response may read, however much traffic there is. */
const readLimits = { maximumObjects: 100, maximumRecords: 5_000 };
/** More, because people ask for the dashboard, not programs, and it draws what is not compacted yet: a clinic's day. */
const dashboardLimits = { maximumObjects: 1_000, maximumRecords: 5_000 };

const { settings, log, afterResponse } = await startFunction({
  storage: storageSettings,
  drift: driftSettings,
  model: modelSettings,
});
const { requireLocation } = openStorage(settings.storage);

const metrics = createMetrics({
  drift: settings.drift,
  readRecords: async (period) => readRecords(requireLocation(), { ...period, ...readLimits }),
  computeTotals: async (recent) => computeServiceTotals(requireLocation(), recent),
  readRecentPredictions: async (options) => readRecentPredictions(requireLocation(), options),
  findReference: async (version) => readKeptReference(requireLocation(), version, settings.model),
  uptimeSeconds: () => process.uptime(),
  now: Date.now,
});

const dashboard = createDashboard({
  readHours: async (period) => readHours(requireLocation(), { ...period, ...dashboardLimits }),
  readCompacted: async (period) =>
    readRecords(requireLocation(), {
      ...period,
      ...dashboardLimits,
      select: ({ compacted }) => compacted,
    }),
  readVerdicts: async (nowMs) => readVerdicts(requireLocation(), nowMs),
  now: Date.now,
});

export const handler = createHttpHandler({
  routes: { "GET /metrics": metrics, "GET /dashboard/data": dashboard },
  log,
  afterResponse,
});
