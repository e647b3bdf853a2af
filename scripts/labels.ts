// npm run labels -- FILE: adds clinicians' labels of past predictions from a file.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createKeptPhotographs } from "../shared/aws/kept-photographs.ts";
import type { ObjectStore } from "../shared/aws/object-store.ts";
import { openStorage } from "../shared/aws/open-storage.ts";
import { parseS3Address } from "../shared/aws/s3-address.ts";
import { findPrediction } from "../shared/inference-log/find-prediction.ts";
import { createRememberingReader } from "../shared/inference-log/remembering-reader.ts";
import { addLabels, type RefusedLine } from "../shared/labels/add-labels.ts";
import { createLabelStore } from "../shared/labels/label-store.ts";
import { currentUser } from "../shared/registry/pointers/audit.ts";
import { countOf } from "../shared/report/format.ts";
import { loadSettings } from "../shared/settings/load-settings.ts";
import { photographSettings } from "../shared/settings/photographs.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, exitCodes, printJson } from "./cli/run-command.ts";
import { parseLabels } from "./labels/parse-labels.ts";
import { showStep } from "./progress.mjs";
import { connectRegistry } from "./registry/connect-registry.ts";

export const run: CommandRun<"labels"> = async ({ values, operands: [file = ""] }) => {
  const address = parseS3Address(file);
  // A file of this machine is judged before a bucket is asked for.
  let rows = address === undefined ? parseLabels(await readOwn(file), file) : [];
  const { storage } = connectRegistry({}, ["INFERENCE_LOG_BUCKET"]);
  const { store, requireLocation } = openStorage(storage);
  const location = requireLocation();
  const { bucket } = loadSettings({ photographs: photographSettings }).photographs;
  // Whatever KEEP_PHOTOGRAPHS is here: a photograph waits only if the service was set to keep labelled ones.
  const photographs = bucket === undefined ? undefined : createKeptPhotographs(store, bucket);
  if (address !== undefined) rows = parseLabels(await readObject(store, address, file), file);
  let kept = 0;
  const readLog = createRememberingReader(rows.flatMap(readId));
  const outcome = await showStep(`Adding ${countOf(rows.length, "label")}`, (say) =>
    addLabels(rows, {
      findPrediction: (predictionId) => findPrediction(location, predictionId, readLog),
      labels: createLabelStore(location),
      onLabel: async (predictionId) => {
        if (await photographs?.confirm(predictionId)) kept += 1;
      },
      defaultAuthor: `${path.basename(file)} (${currentUser()})`,
      onLine: (done) => {
        if (done % 100 === 0) say(String(done));
      },
    }),
  );
  if (outcome.refused.length > 0) process.exitCode = exitCodes.failed;
  if (values.json) printJson({ ...outcome, photographs_kept: photographs === undefined ? null : kept });
  else {
    const found =
      photographs === undefined ? "" : ` ${countOf(kept, "photograph")} kept that waited for a label.`;
    console.log(`\n${countOf(outcome.added, "label")} added, ${outcome.unchanged} already there.${found}`);
    if (outcome.refused.length > 0) console.log(`\nNot added:\n${outcome.refused.map(describe).join("\n")}`);
  }
  if (photographs === undefined) console.error(`\n${notLookedFor}`);
};

const notLookedFor =
  "No photograph that waits for its label was kept, because PHOTOGRAPH_BUCKET is not set. Where the service has KEEP_PHOTOGRAPHS=labelled, such photographs are deleted after a week: set PHOTOGRAPH_BUCKET (on AWS the output PhotographBucketName) and add the file again.";

/** Rows that name no prediction are refused later. */
function readId(row: unknown): string[] {
  const id =
    typeof row === "object" && row !== null && "prediction_id" in row ? row.prediction_id : undefined;
  return typeof id === "string" ? [id.toLowerCase()] : [];
}

const describe = ({ line, reason }: RefusedLine) => `  row ${line}: ${reason}`;

const readOwn = (file: string): Promise<Uint8Array> =>
  readFile(file).catch((cause: unknown) => {
    throw new UsageError(`Expected a file of labels but ${file} cannot be read`, { cause });
  });

async function readObject(
  store: ObjectStore,
  { bucket, key }: { bucket: string; key: string },
  file: string,
): Promise<Uint8Array> {
  const object = await store.getObject(bucket, key);
  if (object === undefined) throw new UsageError(`Expected a file of labels but there is no ${file}`);
  return object.bytes;
}
