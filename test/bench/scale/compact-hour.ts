// `node compact-hour.ts ENDPOINT`: compacts what the server holds, as the drift function does, and prints what it took as JSON.
import { createObjectStore } from "../../../shared/aws/object-store.ts";
import { maintainTracking } from "../../../shared/tracking/upkeep/maintain-tracking.ts";

const quiet = { debug() {}, info() {}, warn: console.error, error: console.error };
const store = createObjectStore({ region: "us-east-1", endpoint: process.argv[2] });
const startedMs = performance.now();
const report = await maintainTracking({
  location: { store, bucket: "bucket", prefix: "" },
  experimentName: "bench",
  log: quiet,
  withinMs: 3_600_000,
  now: () => Date.UTC(2026, 10, 25, 16) + performance.now() - startedMs,
});
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({
    seconds: (performance.now() - startedMs) / 1000,
    processorSeconds: (user + system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
    objectsCompacted: report.objectsCompacted,
  }),
);
