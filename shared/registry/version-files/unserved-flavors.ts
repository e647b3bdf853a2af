const logOnnx =
  'mlflow.onnx.log_model(onnx.load("model.onnx"), name="model", registered_model_name="eye-disease-model", ' +
  'metadata={"labels": [...], "normalization": "imagenet"})';

/** Lines that export a PyTorch model. @param what the Python expression for the model */
const exportTorch = (what: string) =>
  [
    `probabilities = torch.nn.Sequential(${what}, torch.nn.Softmax(dim=1)).eval()`,
    'torch.onnx.export(probabilities, (torch.zeros(1, 3, 224, 224),), "model.onnx", dynamo=True)',
    logOnnx,
  ].join("\n  ");

/** What a version needs in order to be served, by flavor; the most specific flavor first. */
const advice: readonly [flavor: string, advice: string][] = [
  [
    "pytorch",
    `PyTorch needs Python to run; export the model to ONNX and log that:\n  ${exportTorch("model")}`,
  ],
  [
    "transformers",
    "A Transformers pipeline needs Python to run; export its model to ONNX and log that, with the labels of model.config.id2label " +
      `and image_mean and image_std of its image processor:\n  class Logits(torch.nn.Module):\n      def forward(self, image): return pipeline.model(image).logits\n  ${exportTorch("Logits()")}`,
  ],
  [
    "sklearn",
    "scikit-learn takes rows of features, not pictures; log one model from picture to probabilities, in Keras:\n  " +
      'mlflow.tensorflow.log_model(model=model, name="model", registered_model_name="eye-disease-model")\n' +
      `or in PyTorch through ONNX:\n  ${exportTorch("model")}`,
  ],
  [
    "python_function",
    "A pyfunc is Python code, which does not run here; log the model inside it in its own flavor, in Keras:\n  " +
      'mlflow.tensorflow.log_model(model=model, name="model", registered_model_name="eye-disease-model")\n' +
      `or in PyTorch through ONNX:\n  ${exportTorch("model")}\n` +
      "and declare what the code does to pictures as metadata (value_range, mean, std, channel_order, preprocessing)",
  ],
];

/** Why a version with these flavors cannot be served, and the Python lines to run instead. */
export function describeUnserved(flavors: readonly string[]): string {
  const expected = "Expected a model of flavor tensorflow (Keras or tf.Module), keras or onnx but received";
  const [, lines] = advice.find(([flavor]) => flavors.includes(flavor)) ?? [];
  const received = `${expected} ${flavors.join(", ") || "none"}`;
  return lines === undefined ? received : `${received}. ${lines}`;
}
