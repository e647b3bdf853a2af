import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createShadow } from "../../../functions/predict/shadow.ts";
import { ensureTensorflow } from "../../../scripts/tensorflow/tensorflow.ts";
import { identifyImage } from "../../../shared/image/decoding/identify-image.ts";
import { loadPredictor } from "../../../shared/inference/load-predictor.ts";
import { type EngineName, engineNames, type Predictor } from "../../../shared/schemas/model.ts";
import type { Prediction } from "../../../shared/schemas/prediction.ts";
import { uploadSettings } from "../../../shared/settings/upload.ts";
import type { ShadowEvent } from "../../../shared/tracking/session.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";

const tensorflow = await ensureTensorflow((message) => console.info(message), { retry: false });
const packaged = "models/eye-disease";
const photograph = await identifyImage(
  readFileSync(path.join(packaged, "sample/normal-left-eye-cc0.jpg")),
  uploadSettings.parse({}),
);
const { labels, preprocessing, input } = JSON.parse(
  readFileSync(path.join(packaged, "model-contract.json"), "utf8"),
);

async function loadPackaged(engine: EngineName): Promise<Predictor> {
  const directory = mkdtempSync(path.join(tmpdir(), "shadow-"));
  cpSync(path.join(packaged, "model.keras"), path.join(directory, "model.keras"));
  const identity = {
    name: "eyes",
    version: engine === "onnx" ? "1" : "2",
    source: "mlflow_registry" as const,
  };
  const predictor = await loadPredictor(
    {
      ...{ identity, directory, format: "keras", path: "model.keras" },
      declared: { labels, preprocessing, input },
      declaredBy: {},
    },
    { engine, threads: 1 },
  );
  onTestFinished(async () => {
    await predictor.dispose();
    rmSync(directory, { recursive: true, force: true });
  });
  return predictor;
}

async function followed(challenger: Predictor): Promise<ShadowEvent> {
  const events: ShadowEvent[] = [];
  const shadow = createShadow({
    challenger: { use: (work) => work(challenger), isResting: () => false },
    tracker: {
      trackShadow: async (event) => {
        events.push(event);
        return event as never;
      },
      flush: async () => {},
    },
    log: createRecordedLog(),
  });
  const champion = {
    prediction_id: "019ac2fb-c4d8-7b51-9a55-0c3a5b0f6c11",
    predicted_class: "normal",
    decision: "confident",
    model: { version: "9" },
  } as Prediction;
  await shadow.follow("request", photograph, champion);
  const [event] = events;
  if (event === undefined) throw new Error("The challenger was not asked");
  return event;
}

describe("a challenger in the shadow, with the packaged model", () => {
  test.skipIf(!tensorflow.installed)("answers the same on both engines", { timeout: 120_000 }, async () => {
    const events: ShadowEvent[] = [];
    for (const engine of engineNames) events.push(await followed(await loadPackaged(engine)));
    expect(events.map(({ model, problem }) => [model.engine, problem])).toEqual(
      engineNames.map((engine) => [engine, ""]),
    );
    const [onnx, other] = events.map(({ answer }) => answer);
    expect(onnx?.predicted_class).toBe("normal");
    for (const [label, probability] of Object.entries(onnx?.probabilities ?? {}))
      expect(other?.probabilities[label]).toBeCloseTo(probability, 3);
  });
});
