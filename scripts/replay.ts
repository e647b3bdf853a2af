// npm run replay -- ID: classifies a kept photograph again with the version that answered it.
import { openStorage } from "../shared/aws/open-storage.ts";
import { ServiceError } from "../shared/errors/service-error.ts";
import { decodeImage } from "../shared/image/decoding/decode-image.ts";
import { identifyImage } from "../shared/image/decoding/identify-image.ts";
import { preparePixels, sufficientSide } from "../shared/image/preprocessing/prepare-pixels.ts";
import { findPrediction } from "../shared/inference-log/find-prediction.ts";
import type { PredictionRecord } from "../shared/schemas/inference-record.ts";
import type { Predictor } from "../shared/schemas/model.ts";
import { loadSettings } from "../shared/settings/load-settings.ts";
import { uploadSettings } from "../shared/settings/upload.ts";
import { endOnSignals } from "./cli/end-on-signals.ts";
import { type CommandRun, exitCodes, printJson } from "./cli/run-command.ts";
import { withPredictor } from "./evaluate/open-predictor.ts";
import { showStep } from "./progress.mjs";
import { openPhotographs } from "./registry/open-photographs.ts";

export const run: CommandRun<"replay"> = async ({ values, operands: [text = ""] }) => {
  endOnSignals();
  const { photographs, storage } = openPhotographs();
  const predictionId = text.toLowerCase();
  const record = await findPrediction(openStorage(storage).requireLocation(), predictionId);
  if (record === undefined)
    throw new ServiceError("prediction_not_found", `The inference log has no prediction ${text}`);
  const photograph = await photographs.fetch(predictionId);
  if (photograph === undefined) {
    throw new ServiceError(
      "photograph_not_kept",
      `No photograph of prediction ${text} is kept: KEEP_PHOTOGRAPHS did not ask for it, or it has expired or been forgotten`,
    );
  }
  const { name, source } = record.model;
  const version = values.version ?? (source === "mlflow_registry" ? record.model.version : undefined);
  const replayed = await showStep(`Answering with version ${version ?? record.model.version}`, () =>
    withPredictor({ version, name }, (predictor) => answer(predictor, photograph)),
  );
  const isSame = haveSameBits(record.probabilities, replayed.probabilities);
  if (!isSame && values.version === undefined) process.exitCode = exitCodes.failed;
  if (values.json) return printJson({ prediction_id: predictionId, record, replayed, is_same: isSame });
  console.log(describe(record, replayed, isSame));
};

type Replayed = Awaited<ReturnType<typeof answer>>;

async function answer(predictor: Predictor, bytes: Uint8Array) {
  const { limits } = loadSettings({ limits: uploadSettings });
  const { contract, identity, engine } = predictor;
  const image = await decodeImage(await identifyImage(bytes, limits), sufficientSide(contract));
  const { probabilities: values } = await predictor.predict(preparePixels(image, contract));
  const probabilities = Object.fromEntries(
    contract.labels.map((label, index) => [label, values[index] ?? 0]),
  );
  return { model: { ...identity, engine }, probabilities };
}

/** Records contain the model's probabilities unrounded, so they can be compared exactly. */
export function haveSameBits(before: Record<string, number>, after: Record<string, number>): boolean {
  const labels = Object.keys(before);
  return (
    labels.length === Object.keys(after).length &&
    labels.every((label) => Object.is(before[label], after[label]))
  );
}

function describe(record: PredictionRecord, { model, probabilities }: Replayed, isSame: boolean): string {
  const labels = [...new Set([...Object.keys(record.probabilities), ...Object.keys(probabilities)])];
  const width = Math.max(...labels.map((label) => label.length));
  const lines = labels.map(
    (label) =>
      `  ${label.padEnd(width)}  ${record.probabilities[label] ?? "none"}  ->  ${probabilities[label] ?? "none"}`,
  );
  const verdict = isSame ? "The answer is the same in every bit." : "The answer differs.";
  const of = ({ version, engine }: { version: string; engine: string }) => `version ${version} on ${engine}`;
  return `\n${of(record.model)}  ->  ${of(model)}\n${lines.join("\n")}\n\n${verdict}`;
}
