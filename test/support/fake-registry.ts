import { createMlflowClient, type MlflowClient } from "../../shared/mlflow/client.ts";

interface FakeVersion {
  version: string;
  stage: string;
  tags: Record<string, string>;
  lastUpdated: number;
  files: Map<string, string>;
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
  add(version: string, weights: string, tags?: Record<string, string>): FakeVersion;
  /** Moves a version to Production and archives the other. */
  promote(version: string): void;
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

  const describe = ({ version, stage, tags, lastUpdated }: FakeVersion) => ({
    name: "m",
    version,
    current_stage: stage,
    source: `models:/m-${version}`,
    creation_timestamp: 1,
    last_updated_timestamp: lastUpdated,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  });

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const path = url.pathname.replace("/api/2.0/", "");
    requests.push(path);
    if (path === registry.failing) return new Response(null, { status: 500 });
    const aliased = versions.get(registry.aliases.get(url.searchParams.get("alias") ?? "") ?? "");
    if (path === "mlflow/registered-models/alias" && aliased)
      return Response.json({ model_version: describe(aliased) });
    const version = versions.get(url.searchParams.get("version") ?? "");
    if (path === "mlflow/registered-models/get-latest-versions") {
      const { stages } = (await request.json()) as { stages: string[] };
      const found = [...versions.values()].filter(({ stage }) => stages.includes(stage));
      return Response.json(found.length === 0 ? {} : { model_versions: found.map(describe) });
    }
    if (path === "mlflow/registered-models/get")
      return Response.json({ registered_model: { name: "m", tags: registry.modelTags } });
    if (path === "mlflow/model-versions/search")
      return Response.json({ model_versions: [...versions.values()].map(describe) });
    if (path === "mlflow/model-versions/get" && version)
      return Response.json({ model_version: describe(version) });
    if (path === "mlflow/model-versions/get-download-uri") {
      return Response.json({ artifact_uri: `mlflow-artifacts:/${url.searchParams.get("version")}` });
    }
    if (path === "mlflow-artifacts/artifacts") {
      const files = versions.get(url.searchParams.get("path") ?? "")?.files ?? new Map<string, string>();
      return Response.json({
        files: [...files].map(([name, text]) => ({ path: name, is_dir: false, file_size: text.length })),
      });
    }
    const [, of = "", file = ""] = /^mlflow-artifacts\/artifacts\/([^/]+)\/(.+)$/.exec(path) ?? [];
    const text = versions.get(of)?.files.get(file);
    if (text !== undefined) return new Response(text);
    return Response.json({ error_code: "RESOURCE_DOES_NOT_EXIST", message: `no ${path}` }, { status: 404 });
  };

  const registry: FakeRegistry = {
    isUp: true,
    isHanging: false,
    failing: undefined,
    requests,
    aliases: new Map(),
    modelTags: [],
    mlflow: createMlflowClient({
      trackingUri: "http://registry.invalid",
      maxAttempts: 1,
      fetch: async (request) => {
        if (!registry.isUp) throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
        return registry.isHanging ? new Promise(() => {}) : answer(request);
      },
    }),
    add(version, weights, tags = {}) {
      const files = new Map([
        ["MLmodel", mlmodel],
        ["model.onnx", weights],
      ]);
      const added = { version, stage: "None", tags, lastUpdated: clock++, files };
      versions.set(version, added);
      return added;
    },
    promote(version) {
      const now = clock++;
      // As MLflow does, what leaves the stage gets the same time of change as what enters it.
      for (const other of versions.values()) {
        if (other.stage === "Production") Object.assign(other, { stage: "Archived", lastUpdated: now });
      }
      const promoted = versions.get(version);
      if (promoted === undefined) throw new Error(`no version ${version}`);
      Object.assign(promoted, { stage: "Production", lastUpdated: now });
    },
    delete(version) {
      versions.delete(version);
    },
  };
  return registry;
}
