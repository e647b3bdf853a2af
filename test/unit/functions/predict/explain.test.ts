import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { assertExplainable, readExplanationForm, respond } from "../../../../functions/predict/explain.ts";
import type { Inference } from "../../../../functions/predict/run-model.ts";
import type { PixelTensor, Predictor } from "../../../../shared/schemas/model.ts";
import { type Prediction, predictionSchema } from "../../../../shared/schemas/prediction.ts";
import { createHttpEvent } from "../../../support/http-events.ts";

const prediction: Prediction = {
  prediction_id: "0d7544ff-622c-435e-8f8a-79a82a0995c7",
  predicted_class: "well",
  confidence: 75,
  all_predictions: { ill: 25, well: 75 },
  decision: "confident",
  warnings: [],
  model: { name: "eyes", version: "7", source: "mlflow_registry", engine: "onnx" },
  inference_time_ms: 3,
};
/** A red picture whose left half speaks for "well". */
const seen = {
  model: prediction.model,
  probabilities: { ill: 0.25, well: 0.75 },
  inferenceTimeMs: 3,
  classMap: { data: Float32Array.of(0, 4, 1, 1), height: 1, width: 2 },
  picture: {
    data: Float32Array.from({ length: 20 * 10 * 3 }, (_, i) => (i % 3 === 0 ? 200 : 0)),
    height: 10,
    width: 20,
  },
} satisfies Inference & { picture: PixelTensor };
const { classMap: _, ...unexplained } = seen;

describe("what a caller wishes", () => {
  it.each([
    ["", "", "none"],
    ["explain=true", "", "json"],
    ["explain=false", "application/json", "none"],
    ["", "image/png", "png"],
    ["explain=true", "image/png", "png"],
    ["explain=true", "*/*", "json"],
    ["explain=True", "*/*", "json"],
    ["explain=False", "*/*", "none"],
    ["", "application/json, image/png;q=0.5", "none"],
  ])("%s with Accept %s: %s", (query, accept, form) => {
    const event = createHttpEvent({ query, headers: { accept } });
    expect(readExplanationForm(event)).toBe(form);
  });

  it("is refused where it is not understood", () => {
    const event = createHttpEvent({ query: "explain=maybe" });
    expect(() => readExplanationForm(event)).toThrow("Expected true or false for explain but received maybe");
  });
});

describe("an explanation", () => {
  it("is not drawn when nobody asks", async () => {
    const { body } = await respond(prediction, seen, "none");
    expect(JSON.parse(body)).toEqual(prediction);
  });

  it("stands in the JSON as a picture with words", async () => {
    const { body } = await respond(prediction, seen, "json");
    const { explanation } = predictionSchema.parse(JSON.parse(body));
    expect(explanation?.note).toMatch(
      /^What moved the answer, not where the disease is\. The stronger the light blue/,
    );
    const png = Buffer.from(explanation?.image?.replace("data:image/png;base64,", "") ?? "", "base64");
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 20, height: 10, channels: 3 });
    expect([...data.subarray(0, 3)].map((value) => Math.round(value / 30))).toEqual([2, 5, 6]);
    expect([...data.subarray(57, 60)]).toEqual([200, 0, 0]);
  });

  it("is the whole answer where a picture is wanted", async () => {
    const response = await respond({ ...prediction, arm: "challenger" }, seen, "png");
    expect(response).toMatchObject({ isBase64Encoded: true });
    expect(response.headers).toEqual({
      "content-type": "image/png",
      "x-prediction-id": prediction.prediction_id,
      "x-model-version": prediction.model.version,
      "x-experiment-arm": "challenger",
    });
    expect(Buffer.from(response.body, "base64").subarray(1, 4).toString()).toBe("PNG");
  });

  it("is missing, with the reason, where the version's graph has none", async () => {
    const { body } = await respond(prediction, unexplained, "json");
    expect(JSON.parse(body).explanation).toEqual({
      image: null,
      note: expect.stringContaining("This version cannot be explained"),
    });
    expect(() => assertExplainable({ hasClassMap: false } as Predictor, "png")).toThrow(
      "cannot be explained",
    );
    expect(() => assertExplainable({ hasClassMap: false } as Predictor, "json")).not.toThrow();
  });
});
