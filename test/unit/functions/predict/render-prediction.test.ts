import { describe, expect, it } from "vitest";
import { renderClasses, renderPrediction } from "../../../../functions/predict/render-prediction.ts";
import { predictionSchema } from "../../../../shared/schemas/prediction.ts";

const model = { name: "m", version: "3", source: "mlflow_registry", engine: "onnx" } as const;
const id = "0d7544ff-622c-435e-8f8a-79a82a0995c7";

describe("a prediction", () => {
  it("gives percent with two decimals, in the model's order, and the highest class", () => {
    const prediction = renderPrediction(id, {
      model,
      probabilities: { cataract: 0.123456, glaucoma: 0.876444, normal: 0.0001 },
      inferenceTimeMs: 7.12345,
      warnings: [],
      trust: { confident_from: 0.9, set_threshold: 0.1 },
    });
    expect(prediction).toEqual({
      prediction_id: id,
      predicted_class: "glaucoma",
      confidence: 87.64,
      all_predictions: { cataract: 12.35, glaucoma: 87.64, normal: 0.01 },
      decision: "uncertain",
      warnings: [],
      prediction_set: ["glaucoma", "cataract"],
      model,
      inference_time_ms: 7.12,
    });
    expect(Object.keys(prediction.all_predictions)).toEqual(["cataract", "glaucoma", "normal"]);
    expect(predictionSchema.parse(prediction)).toEqual(prediction);
  });

  it("names every class that is true where each has a probability of its own, and is as sure as of the least certain", () => {
    const answerTo = (probabilities: Record<string, number>) => {
      const inference = { model, probabilities, isMultiLabel: true, inferenceTimeMs: 1, warnings: [] };
      const prediction = renderPrediction(id, { ...inference, trust: { set_threshold: 0.1 } });
      expect(predictionSchema.parse(prediction)).toEqual(prediction);
      return { prediction, recorded: renderClasses(prediction, inference) };
    };

    const two = answerTo({ cataract: 0.8, glaucoma: 0.05, drusen: 0.9 });
    expect(two.prediction).toMatchObject({
      predicted_class: "drusen",
      predicted_classes: ["drusen", "cataract"],
      confidence: 90,
      decision: "confident",
    });
    expect(two.prediction.prediction_set).toBeUndefined();
    expect(two.recorded).toEqual({
      predicted_class: "drusen",
      predicted_classes: ["drusen", "cataract"],
      confidence: 80,
    });

    const none = answerTo({ cataract: 0.02, glaucoma: 0.05, drusen: 0.1 });
    expect(none.prediction).toMatchObject({ predicted_classes: [], confidence: 10, decision: "confident" });
    expect(none.recorded.confidence).toBe(90);
    expect(answerTo({ cataract: 0.4, glaucoma: 0.99 }).prediction.decision).toBe("uncertain");
  });

  it("takes the first of classes that are level", () => {
    const probabilities = { a: 0.2, b: 0.4, c: 0.4 };
    const prediction = renderPrediction(id, {
      model,
      probabilities,
      inferenceTimeMs: 1,
      warnings: [],
      trust: undefined,
    });
    expect(prediction.predicted_class).toBe("b");
  });
});
