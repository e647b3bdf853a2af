import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { ensureKerasEnvironment } from "../../../scripts/python/keras-environment.ts";
import { inTemporaryFolder } from "../../../shared/resilience/temporary-folder.ts";

/** For a test that runs Python: its packages may have to be installed first, and TensorFlow is slow to import. */
export const pythonTimeoutMs = 600_000;

const withoutTelemetry = { MLFLOW_DISABLE_TELEMETRY: "true", ORT_DISABLE_TELEMETRY: "1" };

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
  // MLflow, TensorFlow and ONNX Runtime leave files in the folder for temporary files.
  await inTemporaryFolder("python", (TMPDIR) =>
    promisify(execFile)(python, [path.join(import.meta.dirname, script), ...parameters], {
      timeout: pythonTimeoutMs,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, ...environment, ...withoutTelemetry, TMPDIR },
    }),
  );
}
