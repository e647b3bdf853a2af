import path from "node:path";
import { ensureEnvironment } from "../python/ensure-environment.ts";
import { projectRoot } from "../stack/paths.ts";

export const trainingFolder = path.join(projectRoot, "models/eye-disease/training");

/** Makes the training's Python environment, unless it is there. Returns its Python. */
export async function preparePython(onProgress?: (message: string) => void): Promise<string> {
  const folder = await ensureEnvironment({
    name: "training",
    requirements: path.join(trainingFolder, "requirements.txt"),
    contents: "PyTorch, TensorFlow and MLflow",
    onProgress,
  });
  return path.join(folder, "bin/python");
}
