import * as z from "zod";
import { parseJson } from "../aws/parse-json.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import { challengerStateSchema } from "../schemas/challenger-state.ts";
import { servingModelSchema } from "../schemas/model.ts";

/** What the predict function serves, kept in S3 for functions that cannot ask it. */
export const serviceStateSchema = z.object({
  /** The model that serves; absent when none could be loaded. */
  model: servingModelSchema.optional(),
  /** The version that is tried beside it; absent when there is none. */
  challenger: challengerStateSchema.optional(),
  /** Where each field of the model's contract came from. */
  contract_by: z.record(z.string(), z.string()),
  /** ISO 8601. */
  reported_at: z.iso.datetime(),
  session_id: z.string(),
  session_name: z.string(),
  /** Why the wanted version does not serve; absent when it does. */
  failure_reason: z.string().optional(),
  /** The kind of reason, which `/health` may show; the reason itself names addresses and folders. */
  failure_kind: z.string().optional(),
  /** The version that failed; absent when none was found. */
  failure_version: z.string().optional(),
  /** True when the registry could not be asked, so that nobody knows whether the wanted version could be served. */
  registry_unreachable: z.boolean().optional(),
  /** True when the registry named the wanted version, but MLflow or S3 did not give its files. */
  not_fetched: z.boolean().optional(),
  /** True when the reason is that the serving version fails on photographs. */
  model_fails: z.boolean().optional(),
});
export type ServiceState = z.infer<typeof serviceStateSchema>;

const timeoutMs = 2_000;
const stateKey = (prefix: string) => `${prefix}service-state/predict.json`;

/** @throws StorageError when S3 cannot be written */
export async function writeServiceState(
  { store, bucket, prefix }: StoreLocation,
  state: ServiceState,
): Promise<void> {
  const options = { contentType: "application/json", timeoutMs };
  await store.putObject(bucket, stateKey(prefix), JSON.stringify(state), options);
}

/**
 * The last state that predict wrote; undefined when there is none, or one that this version of the service cannot read.
 *
 * @throws StorageError when S3 cannot be read
 */
export async function readServiceState({
  store,
  bucket,
  prefix,
}: StoreLocation): Promise<ServiceState | undefined> {
  const object = await store.getObject(bucket, stateKey(prefix), { timeoutMs });
  if (object === undefined) return undefined;
  try {
    return serviceStateSchema.safeParse(parseJson(object.bytes)).data;
  } catch {
    return undefined;
  }
}
