import { getRun, LOG_BATCH_LIMITS, logBatch, type MlflowClient, MlflowError } from "../../mlflow/index.ts";
import type { InferenceLogRecord } from "../../schemas/inference-record.ts";
import type { RecordGroup } from "../entries/group-records.ts";
import { computeGroupEntry, type KeyedText, type MlflowEntry } from "../entries/mlflow-entry.ts";

/** The run was deleted while it was written to. */
export class RunGoneError extends Error {
  override name = "RunGoneError";
}

export interface RefusedRecord {
  record: InferenceLogRecord;
  reason: string;
}

type ComputeEntry = (group: RecordGroup) => MlflowEntry;

/** How many groups, from the first on, fit into one log-batch; a group is never split. */
export function countBatch(groups: readonly RecordGroup[]): number {
  let entities = 0;
  for (const [index, group] of groups.entries()) {
    const { metrics, params, tags, session } = computeGroupEntry(group);
    entities += metrics.length + params.length + tags.length;
    if (entities + session.length > LOG_BATCH_LIMITS.total) return Math.max(index, 1);
  }
  return groups.length;
}

/**
 * Sends groups of one run's records in one log-batch. If MLflow refuses the batch, it is halved until the group at
 * fault stands alone.
 *
 * @returns the records that MLflow refused for good, with its reason
 * @throws RunGoneError when the run was deleted
 * @throws MlflowError when MLflow cannot be reached or fails: send the records again
 */
export async function sendRecords(
  client: MlflowClient,
  runId: string,
  groups: readonly RecordGroup[],
  computeEntry: ComputeEntry = computeGroupEntry,
): Promise<RefusedRecord[]> {
  try {
    await send(client, runId, mergeEntries(groups.map(computeEntry)));
    return [];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await assertRunActive(client, runId);
    // The run is there: whoever did not find it, a replica that lags behind for example, will.
    if (error.errorCode === "RESOURCE_DOES_NOT_EXIST") throw error;
    const [group] = groups;
    if (groups.length === 1 && group !== undefined) {
      return sendWithoutParams(client, runId, group, computeEntry(group), error);
    }
    const middle = Math.ceil(groups.length / 2);
    const refused = await sendRecords(client, runId, groups.slice(0, middle), computeEntry);
    return [...refused, ...(await sendRecords(client, runId, groups.slice(middle), computeEntry))];
  }
}

/** MLflow refuses to change a param; the rest of the record can still be written. */
async function sendWithoutParams(
  client: MlflowClient,
  runId: string,
  group: RecordGroup,
  entry: MlflowEntry,
  refusal: MlflowError,
): Promise<RefusedRecord[]> {
  const refused = group.map((record) => ({ record, reason: refusal.message }));
  if (entry.params.length === 0) return refused;
  try {
    await send(client, runId, mergeEntries([{ ...entry, params: [] }]));
    return [];
  } catch (error) {
    if (isRefusal(error) && error.errorCode === "INVALID_PARAMETER_VALUE") return refused;
    throw error;
  }
}

/**
 * A record with hundreds of classes needs several calls. Its marker metric is its last one, so the last call sends it.
 */
async function send(
  client: MlflowClient,
  runId: string,
  { metrics, params, tags }: Omit<MlflowEntry, "session">,
): Promise<void> {
  const room = LOG_BATCH_LIMITS.total - params.length - tags.length;
  await logBatch(client, { run_id: runId, metrics: metrics.slice(0, room), params, tags });
  for (let start = room; start < metrics.length; start += LOG_BATCH_LIMITS.metrics) {
    await logBatch(client, {
      run_id: runId,
      metrics: metrics.slice(start, start + LOG_BATCH_LIMITS.metrics),
    });
  }
}

/** @throws RunGoneError when the run was deleted */
export async function assertRunActive(client: MlflowClient, runId: string): Promise<void> {
  const run = await getRun(client, runId);
  if (run?.info.lifecycle_stage !== "active") throw new RunGoneError(`Run ${runId} was deleted`);
}

/** Keeps the last value of a tag or a session figure that several records set. A marker metric stays last. */
function mergeEntries(entries: readonly MlflowEntry[]): Omit<MlflowEntry, "session"> {
  const session = new Map(entries.flatMap((entry) => entry.session).map((metric) => [metric.key, metric]));
  return {
    metrics: [...session.values(), ...entries.flatMap((entry) => entry.metrics)],
    params: entries.flatMap((entry) => entry.params),
    tags: lastOfEach(entries.flatMap((entry) => entry.tags)),
  };
}

function lastOfEach(labels: readonly KeyedText[]): KeyedText[] {
  return [...new Map(labels.map((label) => [label.key, label])).values()];
}

/**
 * MLflow understood and said no. The status alone does not tell: MLflow also answers 400 (BAD_REQUEST) while its database
 * is read-only for a moment, and a proxy answers 404 while it restarts.
 */
export function isRefusal(error: unknown): error is MlflowError {
  if (!(error instanceof MlflowError)) return false;
  return error.errorCode === "INVALID_PARAMETER_VALUE" || error.errorCode === "RESOURCE_DOES_NOT_EXIST";
}
