import { createMlflowClient, type MlflowClient } from "../../shared/mlflow/index.ts";

interface Label {
  key: string;
  value: string;
}

interface Metric {
  key: string;
  value: number;
  timestamp: number;
  step: number;
}

interface StoredRun {
  info: { run_id: string; status: string; start_time: number; end_time?: number; lifecycle_stage: string };
  metrics: Metric[];
  params: Label[];
  tags: Map<string, string>;
}

export interface MlflowCall {
  path: string;
  body: Record<string, unknown>;
}

/** Takes MLflow's place for a call when it gives an answer: a failure, a refusal. */
export type Interruption = (call: MlflowCall) => Response | undefined;

export interface MemoryMlflow {
  client: MlflowClient;
  runs: Map<string, StoredRun>;
  calls: MlflowCall[];
  paths(): string[];
  /** Adds a run that somebody else created. */
  addRun(id: string, startMs: number, tags?: Record<string, string>): StoredRun;
  interrupt(by: Interruption | undefined): void;
}

/** Experiment and runs of an MLflow in memory, as far as tracking calls them. */
export function createMemoryMlflow(interruption?: Interruption): MemoryMlflow {
  const runs = new Map<string, StoredRun>();
  const calls: MlflowCall[] = [];
  let created = 0;
  const addRun: MemoryMlflow["addRun"] = (id, startMs, tags = {}) => {
    const info = { run_id: id, status: "RUNNING", start_time: startMs, lifecycle_stage: "active" };
    const run = { info, metrics: [], params: [], tags: new Map(Object.entries(tags)) };
    runs.set(id, run);
    return run;
  };
  const runOf = (id: unknown) => {
    const run = runs.get(String(id));
    if (run === undefined) throw new Error(`No run ${id}`);
    return run;
  };

  const answers: Record<string, (body: Record<string, unknown>) => unknown> = {
    "experiments/get-by-name": () => ({ experiment: { experiment_id: "7", lifecycle_stage: "active" } }),

    "runs/create": ({ start_time, tags = [] }) => {
      const labels = (tags as Label[]).map(({ key, value }) => [key, value]);
      created += 1;
      const { info } = addRun(`run-${created}`, Number(start_time), Object.fromEntries(labels));
      return { run: { info } };
    },

    "runs/get": ({ run_id }) => ({ run: { info: runOf(run_id).info } }),

    "runs/search": ({ experiment_ids, filter }) => ({
      runs: [...runs.values()]
        .filter((run) => String(experiment_ids) === "7" && matches(run, String(filter)))
        .map(render),
    }),

    "runs/update": ({ run_id, ...changes }) => {
      Object.assign(runOf(run_id).info, changes);
      return {};
    },

    "runs/delete": ({ run_id }) => {
      runs.delete(String(run_id));
      return {};
    },

    "runs/log-batch": ({ run_id, metrics = [], params = [], tags = [] }) => {
      const run = runOf(run_id);
      run.metrics.push(...(metrics as Metric[]));
      run.params.push(...(params as Label[]));
      for (const { key, value } of tags as Label[]) run.tags.set(key, value);
      return {};
    },

    "metrics/get-history": ({ run_id, metric_key }) => ({
      metrics: runOf(run_id).metrics.filter(({ key }) => key === metric_key),
    }),
  };

  const client = createMlflowClient({
    trackingUri: "http://mlflow.test",
    maxAttempts: 1,
    fetch: async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const text = request.method === "GET" ? "" : await request.text();
      const body = text === "" ? Object.fromEntries(searchParams) : JSON.parse(text);
      const call = { path: pathname.replace("/api/2.0/mlflow/", ""), body };
      calls.push(call);
      return interruption?.(call) ?? Response.json(answers[call.path]?.(body) ?? {});
    },
  });
  return {
    client,
    runs,
    calls,
    addRun,
    paths: () => calls.map(({ path }) => path),
    interrupt(by) {
      interruption = by;
    },
  };
}

/** Terms like `tags.session_id = 'x' AND attributes.status = 'RUNNING'`, as the tracking writes them. */
function matches(run: StoredRun, filter: string): boolean {
  return filter.split(" AND ").every((term) => {
    const [, before] = /^attributes\.end_time < (\d+)$/.exec(term) ?? [];
    if (before !== undefined) return (run.info.end_time ?? Number.POSITIVE_INFINITY) < Number(before);
    const [, place, name = "", value] = /^(tags|attributes)\.(\w+) = '([^']*)'$/.exec(term) ?? [];
    if (place === undefined) throw new Error(`No such filter: ${term}`);
    return (place === "tags" ? run.tags.get(name) : run.info.status) === value;
  });
}

/** MLflow gives the value of each metric that has the highest step, then time, then value, whenever it was written. */
function render({ info, metrics, params, tags }: StoredRun) {
  const ascending = metrics.toSorted(
    (a, b) => a.step - b.step || a.timestamp - b.timestamp || a.value - b.value,
  );
  const latest = new Map(ascending.map((metric) => [metric.key, metric]));
  return {
    info,
    data: { metrics: [...latest.values()], params, tags: [...tags].map(([key, value]) => ({ key, value })) },
  };
}
