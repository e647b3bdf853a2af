// layers/training/Dockerfile runs this file by itself, so that the image contains the environment.
import { realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureEnvironment } from "../python/ensure-environment.ts";
import { projectRoot } from "../stack/paths.ts";

export const trainingFolder = path.join(projectRoot, "models/eye-disease/training");

/** Installs the training's Python environment, unless it is installed already. Returns the path of its Python. */
export async function preparePython(onProgress?: (message: string) => void): Promise<string> {
  const folder = await ensureEnvironment({
    name: "training",
    requirements: path.join(trainingFolder, "requirements.txt"),
    contents: "PyTorch, TensorFlow and MLflow",
    onProgress,
  });
  return path.join(folder, "bin/python");
}

if (realpathSync(process.argv[1] ?? "") === fileURLToPath(import.meta.url)) await preparePython(console.log);
