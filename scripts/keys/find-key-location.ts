import { keyFile } from "../../shared/access/key-store.ts";
import { createObjectStore } from "../../shared/aws/object-store.ts";
import { openStorage } from "../../shared/aws/open-storage.ts";
import { parseS3Address } from "../../shared/aws/s3-address.ts";
import type { StoreLocation } from "../../shared/aws/store-location.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { s3Endpoint } from "../deploy/endpoints.ts";
import { readStackOutputs } from "../deploy/stack-outputs.ts";
import { applyStageSettings } from "../deploy/stage-settings.ts";
import { expectStage } from "../package/parse-arguments.ts";
import { projectRoot } from "../stack/paths.ts";
import { joinRunningStack } from "../stack/running-stack.ts";

/**
 * Finds where a deployment stage keeps its keys, in the region that its settings name. Without a stage it is the bucket that
 * the environment names, else that of the local stack if it is running.
 *
 * @throws StackError where the environment names servers but no bucket
 */
export async function findKeyLocation(
  stage: string | undefined,
  folder: string = projectRoot,
): Promise<StoreLocation> {
  if (stage !== undefined) {
    applyStageSettings(expectStage(stage), process.env, folder);
    return findDeployed(stage);
  }
  joinRunningStack(["INFERENCE_LOG_BUCKET"]);
  return openStorage(loadSettings({ storage: storageSettings }).storage).requireLocation();
}

async function findDeployed(stage: string): Promise<StoreLocation> {
  const { region, outputs } = await readStackOutputs(stage);
  const { bucket, key } = parseS3Address(outputs.KeyFile ?? "") ?? {};
  if (bucket === undefined || !key?.endsWith(keyFile(""))) {
    throw new Error(
      `Expected the deployment stage ${stage} to have the output KeyFile, but it does not: deploy it again`,
    );
  }
  return {
    store: createObjectStore({ region, endpoint: s3Endpoint() }),
    bucket,
    prefix: key.slice(0, -keyFile("").length),
  };
}
