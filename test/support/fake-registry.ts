import { createMlflowClient, type MlflowClient } from "../../shared/mlflow/client.ts";

export interface FakeVersion {
  version: string;
  stage: string;
  tags: Record<string, string>;
  lastUpdated: number;
  /** Text, or bytes of a model that an engine can load. */
  files: Map<string, string | Buffer>;
  /** The logged model behind it; undefined when that was deleted. */
  loggedModel?: { tags?: Record<string, string>; params?: Record<string, string> };
  /** The run that made it; undefined when the registry names none. */
  run?: { tags?: Record<string, string>; params?: Record<string, string>; files?: Record<string, string> };
}

/** An MLflow server within this process: the client's fetch answers from memory. */
export interface FakeRegistry {
  mlflow: MlflowClient;
  /** False: every request fails as when nothing listens. */
  isUp: boolean;
  /** True: no request is answered. */
  isHanging: boolean;
  /** Path that is answered 500, as when what lies behind it is down. */
  failing: string | undefined;
  /** Paths asked for, oldest first. */
  requests: string[];
  /** Adds a version of `m` whose weights are this text; in stage None. */
  add(version: string, weights: string | Buffer, tags?: Record<string, string>): FakeVersion;
  /** Tags that were written to the registered model and its versions: `m` or `m/1`, key and value, oldest first. */
  written: [of: string, key: string, value: string][];
  /** Moves a version to a stage, Production by default, and archives the other. */
  promote(version: string, stage?: string): void;
  delete(version: string): void;
  /** The version that an alias names, by the alias. */
  aliases: Map<string, string>;
  /** Tags of the registered model `m`. */
  modelTags: { key: string; value: string }[];
}

const mlmodel = "flavors:\n  onnx:\n    data: model.onnx\n";

export function createFakeRegistry(): FakeRegistry {
  const versions = new Map<string, FakeVersion>();
  const requests: string[] = [];
  let clock = 1;

  const entriesOf = (record: Record<string, string> = {}) =>
    Object.entries(record).map(([key, value]) => ({ key, value }));
  const describe = ({ version, stage, tags, lastUpdated, run }: FakeVersion) => ({
    name: "m",
    version,
    current_stage: stage,
    source: `models:/m-${version}`,
    creation_timestamp: 1,
    last_updated_timestamp: lastUpdated,
    tags: entriesOf(tags),
    ...(run && { run_id: `r-${version}` }),
  });
  const describeAliases = () => [...registry.aliases].map(([alias, version]) => ({ alias, version }));

  /** What changes the registry. */
  const write = async (path: string, request: Request): Promise<Response | undefined> => {
    if (!["POST", "PATCH"].includes(request.method)) return undefined;
    const body = (await request.clone().json()) as Record<string, string>;
    const { version = "", alias, key, value = "" } = body;
    if (path === "mlflow/registered-models/alias" && alias !== undefined) {
      registry.aliases.set(alias, version);
      return Response.json({});
    }
    const moved = versions.get(version);
    if (path === "mlflow/model-versions/transition-stage" && moved) {
      registry.promote(version, body.stage);
      return Response.json({ model_version: describe(moved) });
    }
    if (!path.endsWith("/set-tag") || key === undefined) return undefined;
    registry.written.push([path.includes("registered-models") ? "m" : `m/${version}`, key, value]);
    return Response.json({});
  };

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const path = url.pathname.replace("/api/2.0/", "");
    requests.push(path);
    if (path === registry.failing) return new Response(null, { status: 500 });
    const written = await write(path, request);
    if (written !== undefined) return written;
    const aliased = versions.get(registry.aliases.get(url.searchParams.get("alias") ?? "") ?? "");
    if (path === "mlflow/registered-models/alias" && aliased)
      return Response.json({ model_version: describe(aliased) });
    const version = versions.get(url.searchParams.get("version") ?? "");
    if (path === "mlflow/registered-models/get-latest-versions") {
      const { stages } = (await request.json()) as { stages: string[] };
      const found = [...versions.values()].filter(({ stage }) => stages.includes(stage));
      return Response.json(found.length === 0 ? {} : { model_versions: found.map(describe) });
    }
    if (path === "mlflow/registered-models/get") {
      const written = registry.written.filter(([of]) => of === "m").map(([, key, value]) => ({ key, value }));
      const tags = [...registry.modelTags, ...written];
      return Response.json({ registered_model: { name: "m", aliases: describeAliases(), tags } });
    }
    const [, ofModel = ""] = /^mlflow\/logged-models\/m-(.+)$/.exec(path) ?? [];
    const { loggedModel } = versions.get(ofModel) ?? {};
    if (loggedModel !== undefined) {
      const info = { model_id: `m-${ofModel}`, tags: entriesOf(loggedModel.tags) };
      return Response.json({ model: { info, data: { params: entriesOf(loggedModel.params) } } });
    }
    const runId = url.searchParams.get("run_id") ?? "";
    const { run } = versions.get(runId.slice(2)) ?? {};
    if (path === "mlflow/runs/get" && run) {
      const info = { run_id: runId, artifact_uri: `mlflow-artifacts:/${runId}` };
      return Response.json({
        run: { info, data: { tags: entriesOf(run.tags), params: entriesOf(run.params) } },
      });
    }
    if (path === "mlflow/artifacts/list" && run) {
      const inside = url.searchParams.has("path") ? [] : Object.entries(run.files ?? {});
      return Response.json({
        files: inside.map(([name, text]) => ({ path: name, is_dir: false, file_size: text.length })),
      });
    }
    if (path === "mlflow/model-versions/search")
      return Response.json({ model_versions: [...versions.values()].map(describe) });
    if (path === "mlflow/model-versions/get" && version)
      return Response.json({ model_version: describe(version) });
    if (path === "mlflow/model-versions/get-download-uri") {
      return Response.json({ artifact_uri: `mlflow-artifacts:/${url.searchParams.get("version")}` });
    }
    if (path === "mlflow-artifacts/artifacts") {
      const files =
        versions.get(url.searchParams.get("path") ?? "")?.files ?? new Map<string, string | Buffer>();
      return Response.json({
        files: [...files].map(([name, { length }]) => ({ path: name, is_dir: false, file_size: length })),
      });
    }
    const [, of = "", file = ""] = /^mlflow-artifacts\/artifacts\/([^/]+)\/(.+)$/.exec(path) ?? [];
    const content = versions.get(of)?.files.get(file) ?? versions.get(of.slice(2))?.run?.files?.[file];
    if (content !== undefined)
      return new Response(typeof content === "string" ? content : new Uint8Array(content));
    return Response.json({ error_code: "RESOURCE_DOES_NOT_EXIST", message: `no ${path}` }, { status: 404 });
  };

  const registry: FakeRegistry = {
    isUp: true,
    isHanging: false,
    failing: undefined,
    requests,
    aliases: new Map(),
    modelTags: [],
    written: [],
    mlflow: createMlflowClient({
      trackingUri: "http://registry.invalid",
      maxAttempts: 1,
      fetch: async (request) => {
        if (!registry.isUp) throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
        return registry.isHanging ? new Promise(() => {}) : answer(request);
      },
    }),
    add(version, weights, tags = {}) {
      const files = new Map<string, string | Buffer>([
        ["MLmodel", mlmodel],
        ["model.onnx", weights],
      ]);
      const added: FakeVersion = { version, stage: "None", tags, lastUpdated: clock++, files };
      versions.set(version, added);
      return added;
    },
    promote(version, stage = "Production") {
      const now = clock++;
      // As MLflow does, what leaves the stage gets the same time of change as what enters it.
      for (const other of versions.values()) {
        if (other.stage === stage) Object.assign(other, { stage: "Archived", lastUpdated: now });
      }
      const promoted = versions.get(version);
      if (promoted === undefined) throw new Error(`no version ${version}`);
      Object.assign(promoted, { stage, lastUpdated: now });
    },
    delete(version) {
      versions.delete(version);
    },
  };
  return registry;
}
