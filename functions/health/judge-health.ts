import { NoVersionError } from "../../shared/errors/model-error.ts";
import { listAssumed } from "../../shared/model-versions/describe-contract.ts";
import type { Dependency, Health } from "../../shared/schemas/health.ts";
import type { ServiceState } from "../../shared/serving/service-state.ts";
import type { TrackerState } from "../../shared/tracking/tracker.ts";

export const noVersion = "the registry has no version where one was looked for";

/** Predict reports about every five minutes: two reports may be late. */
const reportedWithinMs = 15 * 60_000;

export interface HealthFacts {
  /** What predict last reported; undefined when it has reported nothing, or the report could not be read. */
  state: ServiceState | undefined;
  dependencies: { mlflow: Dependency; s3: Dependency };
  /** The inference log of the environment that answers. */
  log: Pick<TrackerState["inference_log"], "status" | "dropped">;
  /** Milliseconds since 1970. */
  nowMs: number;
  /** Its run in MLflow. */
  run: Pick<TrackerState["mlflow"], "denied">;
}

export type Verdict = Pick<
  Health,
  "status" | "model_loaded" | "problems" | "model" | "reported_at" | "challenger"
>;

/** Judges the service: unhealthy when predict reported that it has no model, degraded on any other problem, else healthy. */
export function judgeHealth({ state, dependencies, log, run, nowMs }: HealthFacts): Verdict {
  const problems = [
    ...describeModelProblems(state, dependencies.s3),
    ...describeSilence(state, dependencies.s3, nowMs),
    ...describeDependencyProblems(dependencies),
    ...describeLogProblems(log, dependencies.s3),
    ...describeRunProblems(run, dependencies.mlflow),
  ];
  const hasNoModel = state !== undefined && state.model === undefined;
  return {
    status: hasNoModel ? "unhealthy" : problems.length > 0 ? "degraded" : "healthy",
    model_loaded: state?.model !== undefined,
    problems,
    model: describeModel(state),
    reported_at: state?.reported_at ?? null,
    challenger: state?.challenger ?? null,
  };
}

function describeModelProblems(state: ServiceState | undefined, s3: Dependency): string[] {
  if (state === undefined) {
    return s3.status === "reachable"
      ? ["No predict environment has reported its model yet: the first one starts with the first prediction"]
      : ["It is unknown which model predict serves: its report in S3 cannot be read"];
  }
  const hasFailed = state.failure_reason !== undefined;
  const reason = hasFailed ? describeFailure(state) : "no reason was reported";
  if (state.model === undefined) return [`No model could be loaded: ${reason}`];
  if (!hasFailed) return [];
  if (state.model_fails) return [`The model fails on photographs: ${reason}`];
  if (state.registry_unreachable) return [`The registry cannot be asked which version is wanted: ${reason}`];
  if (state.not_fetched) return [`The version that the registry wants could not be fetched: ${reason}`];
  return [`The registry was asked, and the version it wants cannot be served: ${reason}`];
}

/** Everybody may read /health, and the reason itself names addresses, folders and accounts. */
function describeFailure({ failure_kind: kind, failure_version: version }: ServiceState): string {
  const facts = [
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(kind === undefined ? [] : [kind === NoVersionError.name ? noVersion : kind]),
  ];
  return `${facts.join(", ")} (npm run models and predict's log have the reason)`.trimStart();
}

/** While S3 cannot be read, it is not known whether predict has reported since. */
function describeSilence(state: ServiceState | undefined, s3: Dependency, nowMs: number): string[] {
  if (state === undefined || s3.status !== "reachable") return [];
  if (nowMs - Date.parse(state.reported_at) <= reportedWithinMs) return [];
  return [
    `Predict has reported nothing since ${state.reported_at}, though it does so about every five minutes: it may answer no longer`,
  ];
}

function describeDependencyProblems({ mlflow, s3 }: HealthFacts["dependencies"]): string[] {
  const problems: string[] = [];
  if (mlflow.status === "unreachable") {
    problems.push(`MLflow cannot be reached (${mlflow.detail}): runs and metrics wait and are sent later`);
  }
  if (s3.status === "unreachable") {
    problems.push(`S3 cannot be reached (${s3.detail}): records wait in memory`);
  }
  if (s3.status === "off") problems.push(`The inference log is off: ${s3.detail}`);
  return problems;
}

/** S3 may answer and still refuse records, for example because a disk is full or a right is missing. */
function describeLogProblems({ status, dropped }: HealthFacts["log"], s3: Dependency): string[] {
  const problems: string[] = [];
  if (status === "unreachable" && s3.status === "reachable") {
    problems.push("S3 answers but takes no records: they wait in memory");
  }
  if (dropped > 0) problems.push(`${dropped} records of this session were given up`);
  return problems;
}

/** Whoever may read the experiment may still be refused to write it. */
function describeRunProblems({ denied }: HealthFacts["run"], mlflow: Dependency): string[] {
  if (denied === undefined || mlflow.status !== "reachable") return [];
  return [
    "MLflow answers but refuses records (403): the service's account may not write the experiment, and they wait",
  ];
}

function describeModel(state: ServiceState | undefined): Health["model"] {
  if (state?.model === undefined) return null;
  const { model, contract_by, session_name } = state;
  return { ...model, contract_by, assumed: listAssumed(contract_by), session_name };
}
