import path from "node:path";
import { ensureEnvironment } from "./ensure-environment.ts";

/**
 * Installs, unless it is there already, a Python environment with TensorFlow, Keras 3, Keras 2 and MLflow. Tests and benches
 * compare with it; serving never needs it.
 *
 * @returns path of its Python
 * @throws StackError see {@link ensureEnvironment}
 */
export async function ensureKerasEnvironment(onProgress?: (message: string) => void): Promise<string> {
  const folder = await ensureEnvironment({
    name: "keras",
    requirements: "requirements-keras.txt",
    contents: "TensorFlow, Keras and MLflow",
    onProgress,
  });
  return path.join(folder, "bin/python");
}
