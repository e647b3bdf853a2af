import { tmpdir } from "node:os";
import path from "node:path";
import { projectRoot } from "../stack/paths.ts";
import { runProgram } from "../stack/processes/run-program.ts";
import { ensurePythonEnvironment } from "../stack/python-environment.ts";

const script = path.join(projectRoot, "shared/mlflow/generator/describe.py");
const timeoutMs = 120_000;

/**
 * Makes the OpenAPI document of the pinned MLflow, as JSON text; the same on every run.
 *
 * @param withComments adds MLflow's own comments: that text must not be published
 * @throws StackError when the server has a route that is neither described nor left out on purpose
 */
export async function describeMlflow(withComments = false): Promise<string> {
  const { python } = await ensurePythonEnvironment((message) => console.error(message));
  const parameters = ["-B", script, ...(withComments ? ["--docs"] : [])];
  return runProgram(python, parameters, { directory: tmpdir(), timeoutMs });
}
