// npm run drift:reference: makes the predictions of a past period the reference for drift.
import { exactPredictions, readPredictions } from "../functions/drift/read-drift-window.ts";
import { openStorage } from "../shared/aws/open-storage.ts";
import { minimumReferenceRows } from "../shared/drift/reference/reference-window.ts";
import { renderReferenceWindow } from "../shared/drift/reference/render-reference-window.ts";
import { removeNamedReference, writeNamedReference } from "../shared/drift-reference/named-reference.ts";
import { ServiceError } from "../shared/errors/service-error.ts";
import { readTrueClasses } from "../shared/labels/read-true-classes.ts";
import { formatTime } from "../shared/report/format.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { describeVersions } from "./drift/describe-versions.ts";
import { loadDriftSettings } from "./drift/load-drift-settings.ts";
import { parseSelection } from "./drift/parse-selection.ts";

type Values = Parameters<CommandRun<"drift:reference">>[0]["values"];

export const run: CommandRun<"drift:reference"> = async ({ values }) => {
  expectPeriodOrRemoval(values);
  const selection = parseSelection(values, { count: 1, nowMs: Date.now() });
  const settings = loadDriftSettings(["INFERENCE_LOG_BUCKET"]);
  const location = openStorage(settings.storage).requireLocation();
  if (values.remove) {
    const removed = await removeNamedReference(location);
    if (values.json) return printJson({ removed });
    const done = removed ? "Forgotten. From now on" : "No past period was named as the reference:";
    return console.log(`${done} the reference window of the serving version is used, if it has one.`);
  }
  const { records, isComplete } = await readPredictions(location, selection, Date.now());
  const [first, last] = [records[0], records.at(-1)];
  if (first === undefined || last === undefined || records.length < minimumReferenceRows)
    throw new ServiceError(
      "too_few_predictions",
      `Expected at least ${minimumReferenceRows} predictions in that period but found ${records.length}: choose a longer one`,
    );
  const labels = await readTrueClasses(location, records);
  const rows = records.map((record) => ({ ...record, label: labels.get(record.prediction_id) }));
  const { language } = settings.drift;
  const [from, to] = [first, last].map(({ timestamp_ms }) => formatTime(timestamp_ms, language));
  const source =
    language === "en" ? `the predictions from ${from} to ${to}` : `as predições de ${from} a ${to}`;
  const address = await writeNamedReference(location, renderReferenceWindow(rows), source);
  const mixed = describeVersions(records);
  if (values.json) {
    const about = { address, source, predictions: records.length, labels: labels.size };
    return printJson({ ...about, ...(mixed !== undefined && { warning: mixed }) });
  }
  console.log(`From now on the reference is ${records.length} predictions: ${source}.`);
  if (mixed !== undefined) console.log(mixed);
  if (!isComplete) console.log(`There were more than ${exactPredictions}; only the newest are in it.`);
  console.log(
    `Kept at ${address}\n\nCompare with it: npm run drift\nForget it:       npm run drift:reference -- --remove`,
  );
};

/** Options that choose the predictions of the reference. */
const ofThePeriod = ["from", "to", "last", "model-version", "session", "deployment"] as const;

/** @throws UsageError for neither, and for both: whoever names a period does not mean that the reference is removed */
function expectPeriodOrRemoval(values: Values): void {
  const chosen = ofThePeriod.find((name) => values[name] !== undefined);
  if (values.remove && chosen !== undefined)
    throw new UsageError(`Expected --remove or --${chosen} but received both`);
  if (!values.remove && values.from === undefined && values.last === undefined)
    throw new UsageError("Expected --from TIME, --last SPAN or --remove but received none of them");
}
