// npm run demo: sends photographs to a running service, then changed ones, and shows the drift report.
import { createDriftJob } from "../functions/drift/create-drift-job.ts";
import { readPredictions } from "../functions/drift/read-drift-window.ts";
import { openStorage } from "../shared/aws/open-storage.ts";
import type { StoreLocation } from "../shared/aws/store-location.ts";
import { lastPredictions } from "../shared/drift/drift-report.ts";
import { parseReferenceWindow, type ReferenceWindow } from "../shared/drift/reference/reference-window.ts";
import { renderReferenceWindow } from "../shared/drift/reference/render-reference-window.ts";
import { readNamedReference } from "../shared/drift-reference/named-reference.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import type { CommandRun } from "./cli/run-command.ts";
import { findCredentials } from "./demo/find-credentials.ts";
import { type DriftName, drifts, injectDrift, makePhotographs } from "./demo/photographs.ts";
import { sendPhotographs } from "./demo/send-photographs.ts";
import { describeAnalysis } from "./drift/describe-analysis.ts";
import { loadDriftSettings } from "./drift/load-drift-settings.ts";
import { showStep } from "./progress.mjs";
import { loadLocalSettings } from "./stack/settings.ts";
import { StackError } from "./stack/stack-error.ts";

const usualPhotographs = 120;
const driftedPhotographs = 70;

export const run: CommandRun<"demo"> = async ({ values: { drift, folder, address: typedAddress } }) => {
  if (!(drift in drifts))
    throw new UsageError(`Expected ${Object.keys(drifts).join(", ")} for --drift but received ${drift}`);
  const settings = loadDriftSettings();
  // Only now, because those settings bring the port of a running npm start with them.
  const address = expectAddress(typedAddress ?? `http://localhost:${loadLocalSettings().servicePort}`);
  if (settings.storage.bucket === undefined)
    throw new StackError("No service is running here. Start it first: npm start");
  const location = openStorage(settings.storage).requireLocation();

  const headers = await findCredentials(address, location);
  const usual = await showStep("Making photographs", () => makePhotographs(folder, usualPhotographs));
  await send("Sending unchanged photographs", usual);
  const reference = await readUnchanged(location);
  const changed = await injectDrift(usual.slice(0, driftedPhotographs), drift as DriftName);
  await send(`Sending changed photographs: ${drift}`, changed);
  const analyse = createDriftJob({
    settings,
    reference,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    maintains: false,
    emitReportMetrics() {},
    emitJobMetrics() {},
  });
  const analysis = await showStep("Examining the last predictions", () =>
    analyse(lastPredictions(settings.drift.windowSize)),
  );
  console.log(describeAnalysis(analysis));
  console.log(
    "\nJudge these predictions as the scheduled job does, without the unchanged photographs as reference: npm run drift. Try another change: npm run demo -- --drift blur. More: docs/drift.md",
  );

  async function send(title: string, photographs: readonly Buffer[]): Promise<void> {
    await showStep(title, (say) =>
      sendPhotographs({ address, headers }, photographs, (count) => {
        if (count % 10 === 0) say(`${count} of ${photographs.length}`);
      }),
    );
  }
};

/**
 * Makes the unchanged photographs the reference of this run, unless somebody has already named one. It is not kept: it would
 * outlive an interrupted demo, and every later report would compare with it.
 */
async function readUnchanged(location: StoreLocation): Promise<ReferenceWindow | undefined> {
  if ((await readNamedReference(location)) !== undefined) return undefined;
  const { records } = await readPredictions(location, lastPredictions(usualPhotographs), Date.now());
  return parseReferenceWindow(renderReferenceWindow(records), "the unchanged photographs that the demo sent");
}

/** @throws UsageError unless it is an http address */
function expectAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, "");
  throw new UsageError(
    `Expected an address such as http://localhost:8080 for --address but received ${text}`,
  );
}
