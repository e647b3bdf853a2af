import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { ensureKerasEnvironment } from "../../../scripts/python/keras-environment.ts";

/** For a test that runs Python: its packages may have to be installed first, and TensorFlow is slow to import. */
export const pythonTimeoutMs = 600_000;

/**
 * Runs a script of this folder in Python with Keras and MLflow; its complaints are in the error when it fails.
 *
 * @param environment the stack's `env`
 */
export async function runPython(
  environment: Record<string, string>,
  script: string,
  ...parameters: string[]
): Promise<void> {
  const python = await ensureKerasEnvironment();
  await promisify(execFile)(python, [path.join(import.meta.dirname, script), ...parameters], {
    timeout: pythonTimeoutMs,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...environment, MLFLOW_DISABLE_TELEMETRY: "true" },
  });
}
