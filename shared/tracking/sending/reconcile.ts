import { getMetricHistory, type MlflowClient } from "../../mlflow/index.ts";
import type { InferenceLogRecord } from "../../schemas/inference-record.ts";
import { parseServedVersion } from "../../schemas/served-version.ts";
import { groupRecords, type RecordGroup } from "../entries/group-records.ts";
import { computeGroupEntry, type MlflowEntry, markerMetric, windowMetric } from "../entries/mlflow-entry.ts";
import { createSessionRun, findSessionRuns } from "./mlflow-runs.ts";
import { countBatch, type RefusedRecord, sendRecords } from "./send-records.ts";

type Kind = InferenceLogRecord["kind"];

/** What MLflow has of one session. */
interface SessionInMlflow {
  runIds: string[];
  /** Steps of each kind of record that were sent in full. */
  sentSteps: Map<Kind, Set<number>>;
}

export interface ReconcilerOptions {
  client: MlflowClient;
  experimentId: string;
  /** Predictions of one session per minute above which they are written as windows; default: never. */
  aggregateAbovePerMinute?: number | undefined;
}

export interface Reconciliation {
  /** Records that MLflow did not have before and has now. */
  sent: number;
  refused: RefusedRecord[];
}

export type Reconciler = ReturnType<typeof createReconciler>;

/**
 * Sends to MLflow the records of the inference log that it lacks, each metric once. A session's run is created if there
 * is none. What MLflow has of a session is asked once and then remembered.
 */
export function createReconciler({
  client,
  experimentId,
  aggregateAbovePerMinute = Number.POSITIVE_INFINITY,
}: ReconcilerOptions) {
  const sessions = new Map<string, SessionInMlflow>();

  async function loadSession(sessionId: string): Promise<SessionInMlflow> {
    const known = sessions.get(sessionId);
    if (known !== undefined) return known;
    const runIds = await findSessionRuns(client, experimentId, sessionId);
    const session = { runIds, sentSteps: new Map() };
    sessions.set(sessionId, session);
    return session;
  }

  async function loadSentSteps(session: SessionInMlflow, kind: Kind): Promise<Set<number>> {
    const known = session.sentSteps.get(kind);
    if (known !== undefined) return known;
    const steps = new Set<number>();
    for (const runId of session.runIds) {
      for await (const metric of getMetricHistory(client, runId, markerMetric[kind]))
        steps.add(metric.step ?? 0);
      const windows = windowMetric[kind];
      if (windows === undefined) continue;
      for await (const { step = 0, value = 0 } of getMetricHistory(client, runId, windows))
        for (let sent = step - Number(value) + 1; sent < step; sent += 1) steps.add(sent);
    }
    session.sentSteps.set(kind, steps);
    return steps;
  }

  async function reconcileKind(
    session: SessionInMlflow,
    kind: Kind,
    records: readonly InferenceLogRecord[],
  ): Promise<Reconciliation> {
    const sentSteps = await loadSentSteps(session, kind);
    const newestSent = [...sentSteps].reduce((newest, step) => Math.max(newest, step), 0);
    const missing = records.filter(({ step }) => !sentSteps.has(step)).sort((a, b) => a.step - b.step);
    const result: Reconciliation = { sent: missing.length, refused: [] };
    if (missing[0] === undefined) return result;
    const runId = session.runIds[0] ?? (await createSessionRun(client, experimentId, missing[0]));
    session.runIds[0] ??= runId;
    let groups = groupRecords(missing, aggregateAbovePerMinute);
    while (groups.length > 0) {
      const batch = groups.slice(0, countBatch(groups));
      const refused = await sendRecords(client, runId, batch, computeEntryAfter(newestSent));
      result.refused = result.refused.concat(refused);
      for (const { step } of batch.flat()) sentSteps.add(step);
      groups = groups.slice(batch.length);
    }
    result.sent -= result.refused.length;
    return result;
  }

  return {
    /** @throws MlflowError when MLflow cannot be reached: then none of these records counts as reconciled */
    async reconcile(records: readonly InferenceLogRecord[]): Promise<Reconciliation> {
      const total: Reconciliation = { sent: 0, refused: [] };
      for (const [sessionId, ofSession] of Map.groupBy(records, (record) => record.session_id)) {
        const session = await loadSession(sessionId);
        for (const [kind, ofKind] of Map.groupBy(ofSession, (record) => record.kind)) {
          const { sent, refused } = await reconcileKind(session, kind, ofKind);
          total.sent += sent;
          total.refused = total.refused.concat(refused);
        }
      }
      return total;
    },
  };
}

/**
 * A tag holds the newest value, which a record older than what MLflow has must not set back. Each load has a tag of its
 * own for which version answered when: those are always sent.
 */
function computeEntryAfter(newestSent: number): (group: RecordGroup) => MlflowEntry {
  return (group) => {
    const entry = computeGroupEntry(group);
    if (group.every(({ step }) => step > newestSent)) return entry;
    return { ...entry, tags: entry.tags.filter(({ key, value }) => parseServedVersion(key, value)) };
  };
}
