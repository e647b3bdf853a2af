// `node scripts/train/prepare-python.ts` makes it beforehand: layers/training/Dockerfile does.
import { realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
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

if (realpathSync(process.argv[1] ?? "") === fileURLToPath(import.meta.url)) await preparePython(console.log);
