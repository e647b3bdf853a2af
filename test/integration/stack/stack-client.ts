import { createObjectStore } from "../../../shared/aws/object-store.ts";
import { createExperiment } from "../../../shared/mlflow/calls/create-experiment.ts";
import { getExperimentByName } from "../../../shared/mlflow/calls/get-experiment-by-name.ts";
import { createMlflowClient } from "../../../shared/mlflow/client.ts";

interface StackAddresses {
  env: Record<string, string>;
  mlflowUrl: string;
  s3Url: string;
  bucket: string;
}

const experiment = "kept-experiment";
const key = "kept/object";

/** Leaves something in MLflow (so in PostgreSQL) and in S3. */
export async function leaveData(stack: StackAddresses): Promise<void> {
  await createExperiment(createMlflowClient({ trackingUri: stack.mlflowUrl }), { name: experiment });
  await openStore(stack).putObject(stack.bucket, key, "kept");
}

/** What `leaveData` left, as it is read back. */
export async function readData(
  stack: StackAddresses,
): Promise<{ experiment: string | undefined; object: string }> {
  const found = await getExperimentByName(createMlflowClient({ trackingUri: stack.mlflowUrl }), experiment);
  const object = await openStore(stack).getObject(stack.bucket, key);
  return { experiment: found?.name, object: Buffer.from(object?.bytes ?? []).toString() };
}

export const keptData = { experiment, object: "kept" };

function openStore({ env, s3Url }: StackAddresses) {
  process.env.AWS_ACCESS_KEY_ID = env.AWS_ACCESS_KEY_ID;
  process.env.AWS_SECRET_ACCESS_KEY = env.AWS_SECRET_ACCESS_KEY;
  return createObjectStore({ region: "us-east-1", endpoint: s3Url });
}
