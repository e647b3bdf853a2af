import { writeFileSync } from "node:fs";
import path from "node:path";
import { showStep } from "../../../scripts/progress.mjs";
import { projectRoot } from "../../../scripts/stack/paths.ts";
import { type Stack, startStack } from "../../../scripts/stack/stack.ts";
import { createObjectStore } from "../../../shared/aws/object-store.ts";
import { createMlflowClient, type MlflowClient } from "../../../shared/mlflow/client.ts";
import { registerModel } from "../../../shared/model-versions/register-model.ts";
import { closeAtEnd } from "../closing.ts";
import { makePhotographs } from "../predict/photographs.ts";
import { measureSwaps } from "./measure-swaps.ts";
import { renderSwaps } from "./render-swaps.ts";

const name = "bench-swap";
/** Each is fetched, compiled and swapped in once: enough loads for a p95. */
const versionCount = 12;
const packagedModel = path.join(projectRoot, "models/eye-disease/model.keras");

/** What clients feel of a promotion: answer times at constant load, quiet and while a version loads; memory after 20 swaps. */
export async function benchSwap(folder: string): Promise<string> {
  const stack = await showStep("Local stack", (onProgress) =>
    startStack({ directory: path.join(folder, "swap-stack"), onProgress }),
  );
  closeAtEnd(stack.stop);
  // The AWS SDK finds its keys in this process's environment.
  Object.assign(process.env, stack.env);
  const mlflow = createMlflowClient({ trackingUri: stack.mlflowUrl });
  const versions = await showStep("Versions registered", () => registerVersions(folder, stack, mlflow));
  const { small } = await makePhotographs(folder);
  const measured = await showStep("Swaps", (say) =>
    measureSwaps({ environment: stack.env, mlflow, name, versions, photograph: small, say }),
  );
  return renderSwaps(measured);
}

/** The packaged model under many contracts: every version is another one to the service. */
async function registerVersions(folder: string, stack: Stack, mlflow: MlflowClient): Promise<string[]> {
  const store = createObjectStore({ region: stack.env.AWS_REGION ?? "", endpoint: stack.s3Url });
  const versions: string[] = [];
  for (let temperature = 1; temperature <= versionCount; temperature++) {
    const contractFile = path.join(folder, `swap-contract-${temperature}.json`);
    writeFileSync(contractFile, JSON.stringify({ temperature }));
    const options = {
      mlflow,
      store,
      name,
      experimentName: name,
      apiVersion: "bench",
      environment: "bench",
      engine: "onnx",
      contractFile,
    } as const;
    versions.push((await registerModel(packagedModel, options)).version);
  }
  return versions;
}
