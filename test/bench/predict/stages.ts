/**
 * Does in this process what functions/predict does with a photograph, and times each stage; one line of JSON. Model
 * and S3 are found in the settings of the service.
 *
 *     node stages.ts FOLDER-OF-MODEL PHOTOGRAPH ENGINE RUNS
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createObjectStore } from "../../../shared/aws/object-store.ts";
import { decodeImage } from "../../../shared/image/decoding/decode-image.ts";
import { identifyImage } from "../../../shared/image/decoding/identify-image.ts";
import { preparePixels, sufficientSide } from "../../../shared/image/preprocessing/prepare-pixels.ts";
import { loadPredictor } from "../../../shared/inference/load-predictor.ts";
import type { EngineName } from "../../../shared/schemas/model.ts";
import { loadSettings } from "../../../shared/settings/load-settings.ts";
import { storageSettings } from "../../../shared/settings/storage.ts";
import { uploadSettings } from "../../../shared/settings/upload.ts";
import { createTracker } from "../../../shared/tracking/tracker.ts";
import { readTreeRssMb } from "../memory.ts";
import type { StageTimes } from "./stage-times.ts";

const [directory, photograph, engine, runs] = process.argv.slice(2) as [string, string, EngineName, string];
const { storage, upload } = loadSettings({ storage: storageSettings, upload: uploadSettings });
const bytes = readFileSync(photograph);
const silent = () => {};

const declared = JSON.parse(readFileSync(`${directory}/model-contract.json`, "utf8"));
const identity = { name: "bench", version: "1", source: "local_file" } as const;
const predictor = await loadPredictor(
  { identity, directory, format: "keras", path: "model.keras", declared, declaredBy: {} },
  { engine },
);
const tracker = createTracker({
  service: { functionName: "bench", environment: "bench", experimentName: "bench" },
  apiVersion: "bench",
  inferenceLog: {
    ...storage,
    prefix: "bench-stages/",
    bucket: storage.bucket ?? "",
    store: createObjectStore({ region: storage.region, endpoint: storage.s3Endpoint }),
  },
  log: { debug: silent, info: silent, warn: console.error, error: console.error },
});

const times: StageTimes = {
  firstAnswerMs: 0,
  decodeMs: [],
  prepareMs: [],
  forwardMs: [],
  recordMs: [],
  rssMb: 0,
};
await predictOnce();
times.firstAnswerMs = performance.now();
for (const list of [times.decodeMs, times.prepareMs, times.forwardMs, times.recordMs]) list.length = 0;
for (let run = 0; run < Number(runs); run++) await predictOnce();
times.rssMb = readTreeRssMb(process.pid);
console.log(JSON.stringify(times));
await tracker.close();
await predictor.dispose();

async function predictOnce(): Promise<void> {
  const { contract } = predictor;
  const photograph = await identifyImage(bytes, upload);
  const image = await timed(times.decodeMs, () => decodeImage(photograph, sufficientSide(contract)));
  const pixels = await timed(times.prepareMs, () => preparePixels(image, contract));
  const { probabilities } = await timed(times.forwardMs, () => predictor.predict(pixels));
  const record = {
    request_id: randomUUID(),
    prediction_id: randomUUID(),
    model: { ...identity, engine },
    predicted_class: contract.labels[0] ?? "",
    confidence: 100 * (probabilities[0] ?? 0),
    probabilities: Object.fromEntries(contract.labels.map((label, i) => [label, probabilities[i] ?? 0])),
    inference_time_ms: times.forwardMs.at(-1) ?? 0,
    image: photograph.metadata,
  };
  await timed(times.recordMs, () => tracker.trackPrediction(record));
}

async function timed<T>(list: number[], work: () => T | Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const result = await work();
  list.push(performance.now() - startedMs);
  return result;
}
