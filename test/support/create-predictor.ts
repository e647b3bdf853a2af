import type { ModelContract, Predictor } from "../../shared/schemas/model.ts";

type Changes = Partial<Omit<ModelContract, "input">> & { input?: Partial<ModelContract["input"]> };

/** The contract of a model of two classes that declares nothing else. */
export function createContract({ input, ...others }: Changes = {}): ModelContract {
  return {
    labels: ["ill", "well"],
    input: {
      height: 8,
      width: 8,
      channels: 3,
      value_range: [0, 255],
      channel_order: "rgb",
      mean: [0, 0, 0],
      std: [1, 1, 1],
      ...input,
    },
    preprocessing: { kind: "resize", interpolation: "bicubic", antialias: true },
    multi_label: false,
    temperature: 1,
    ...others,
  };
}

/** Version 7 of a model, loaded, that answers 25 % and 75 %. */
export function createPredictor(changes: Partial<Predictor> = {}): Predictor {
  return {
    identity: { name: "eyes", version: "7", source: "mlflow_registry" },
    contract: createContract(),
    contractBy: {},
    engine: "onnx",
    loadTimeSeconds: 0,
    hasClassMap: false,
    predict: async () => ({ probabilities: Float32Array.of(0.25, 0.75) }),
    dispose: async () => {},
    ...changes,
  };
}
