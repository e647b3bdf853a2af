import { stringify } from "yaml";
import type { ModelContract, ModelFormat } from "../../schemas/model.ts";

export interface MlmodelDescription {
  format: ModelFormat;
  artifactUri: string;
  modelId: string;
  runId: string;
  sizeBytes: number;
  contract: ModelContract;
  createdAt: Date;
}

const environmentFiles = { conda: "conda.yaml", virtualenv: "python_env.yaml" };

/**
 * Renders the files by which MLflow's Python client recognises a folder as a model, as `mlflow.<flavor>.log_model`
 * writes them: MLmodel and the files that it names, except the weights.
 *
 * @returns contents, by path
 */
export function renderMlflowFiles(description: MlmodelDescription): Record<string, string> {
  const requirements =
    description.format === "onnx" ? ["mlflow", "onnx", "onnxruntime"] : ["mlflow", "tensorflow"];
  return {
    MLmodel: renderMlmodel(description),
    "requirements.txt": `${requirements.join("\n")}\n`,
    "python_env.yaml": stringify({ python: "3.11", dependencies: ["-r requirements.txt"] }),
    "conda.yaml": stringify({
      name: "mlflow-env",
      channels: ["conda-forge"],
      dependencies: ["python=3.11", "pip", { pip: requirements }],
    }),
    ...kerasFiles(description.format),
  };
}

function renderMlmodel(description: MlmodelDescription): string {
  const { artifactUri, modelId, runId, sizeBytes, createdAt, contract } = description;
  return stringify({
    artifact_path: artifactUri,
    flavors: flavorsOf(description.format),
    model_id: modelId,
    model_size_bytes: sizeBytes,
    model_uuid: modelId,
    run_id: runId,
    signature: renderSignature(contract),
    utc_time_created: createdAt.toISOString().replace("T", " ").replace("Z", "000"),
  });
}

function flavorsOf(format: ModelFormat): Record<string, object> {
  const pyfunc = { env: environmentFiles, python_version: "3.11" };
  switch (format) {
    case "keras":
    case "keras_h5": {
      const save_format = format === "keras" ? "tf" : "h5";
      return {
        python_function: { ...pyfunc, data: "data", loader_module: "mlflow.tensorflow" },
        tensorflow: { code: null, data: "data", model_type: "keras", save_format },
      };
    }
    case "saved_model":
      return {
        python_function: { ...pyfunc, loader_module: "mlflow.tensorflow" },
        tensorflow: { code: null, model_type: "tf2-module", saved_model_dir: "tf2model" },
      };
    case "onnx":
      return {
        python_function: { ...pyfunc, data: "model.onnx", loader_module: "mlflow.onnx" },
        onnx: {
          code: null,
          data: "model.onnx",
          onnx_session_options: null,
          providers: ["CPUExecutionProvider"],
        },
      };
  }
}

/** Tell MLflow's Python client which Keras loads the file. */
function kerasFiles(format: ModelFormat): Record<string, string> {
  if (format !== "keras" && format !== "keras_h5") return {};
  return {
    "data/keras_module.txt": "tensorflow.keras",
    "data/save_format.txt": format === "keras" ? "tf" : "h5",
  };
}

function renderSignature({ input, labels }: ModelContract): Record<string, string | null> {
  const tensor = (shape: number[]) => ({ type: "tensor", "tensor-spec": { dtype: "float32", shape } });
  return {
    inputs: JSON.stringify([tensor([-1, input.height, input.width, input.channels])]),
    outputs: JSON.stringify([tensor([-1, labels.length])]),
    params: null,
  };
}
