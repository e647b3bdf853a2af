import { type Pause, remainingMs } from "../../shared/resilience/pause.ts";
import type { ChallengerState } from "../../shared/schemas/challenger-state.ts";
import type { Log } from "../../shared/schemas/log.ts";
import type { ModelState } from "../../shared/serving/model-service/model-service-types.ts";
import type { ServiceState } from "../../shared/serving/service-state.ts";

/** Less than the five minutes of the schedule that keeps an environment warm. */
const repeatAfterMs = 4 * 60_000;

export interface StateReportDependencies {
  models: { state(): ModelState };
  challenger: { state(): ChallengerState };
  session: { id: string; name: string };
  write(state: ServiceState): Promise<void>;
  log: Log;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/**
 * Writes to S3, for the health function, which model this environment serves, whenever that has changed, and
 * again after some minutes: all environments write the same object, and the last to write may have ended.
 * Never rejects: a write that failed is tried again at the next call.
 */
export function createStateReport(dependencies: StateReportDependencies): () => Promise<void> {
  const { models, challenger, session, write, log, now = Date.now } = dependencies;
  let reported: string | undefined;
  let rest: Pause | undefined;

  return async () => {
    const { contractBy, failure, registryReachable, ...state } = models.state();
    const model = describeServing(state);
    const tried = challenger.state();
    const facts = {
      ...(model && { model }),
      contract_by: contractBy,
      session_id: session.id,
      session_name: session.name,
      ...(tried.status !== "absent" && { challenger: tried }),
      ...(failure && { failure_reason: failure.reason, failure_kind: failure.kind }),
      ...(failure?.version !== undefined && { failure_version: failure.version }),
      ...(failure && registryReachable === false && { registry_unreachable: true }),
      ...(failure?.isOfServer && registryReachable !== false && { not_fetched: true }),
      ...(failure?.isOfAnswers && failure.version === state.identity?.version && { model_fails: true }),
    };
    const text = JSON.stringify(facts);
    const startedMs = now();
    if (text === reported && remainingMs(rest, startedMs) > 0) return;
    try {
      await write({ ...facts, reported_at: new Date(startedMs).toISOString() });
      reported = text;
      rest = { startedMs, lengthMs: repeatAfterMs };
    } catch (error) {
      log.warn("The state of this environment could not be reported", { error });
    }
  };
}

function describeServing({
  identity,
  engine,
  stage,
  loadedAtMs,
}: Partial<ModelState>): ServiceState["model"] {
  if (identity === undefined || engine === undefined || loadedAtMs === undefined) return undefined;
  return { ...identity, engine, ...(stage && { stage }), loaded_at: new Date(loadedAtMs).toISOString() };
}
