import { describe, expect, it } from "vitest";
import { createMlflowClient } from "../../../../shared/mlflow/client.ts";
import { fetchReferenceWindow } from "../../../../shared/registry/version-files/fetch-reference-window.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";

const mlmodel = "flavors:\n  tensorflow:\n    data: data\n    model_type: keras\n";

interface Stored {
  /** Of the version. */
  files: Record<string, string>;
  /** Artifacts of its run. */
  runFiles?: Record<string, string>;
  /** Sizes that are listed in place of the true ones, by path. */
  sizes?: Record<string, number>;
  tags?: Record<string, string>;
  runId?: string | undefined;
  artifactRoot?: string;
}

async function fetchWindow({ files, runFiles = {}, sizes = {}, tags = {}, artifactRoot, ...others }: Stored) {
  const places: Record<string, Record<string, string>> = { "1": files, r: runFiles };
  const entry = ([path, text]: [string, string]) => ({
    path,
    is_dir: path.endsWith("/"),
    file_size: sizes[path] ?? text.length,
  });
  const mlflow = createMlflowClient({
    trackingUri: "http://mlflow.test",
    maxAttempts: 1,
    fetch: async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname.endsWith("get-download-uri"))
        return Response.json({ artifact_uri: "mlflow-artifacts:/1" });
      if (pathname.endsWith("runs/get"))
        return Response.json({ run: { info: { run_id: "r", artifact_uri: "mlflow-artifacts:/r" } } });
      if (pathname.endsWith("artifacts/list"))
        return Response.json({ files: Object.entries(runFiles).map(entry) });
      const [, of, path] = /mlflow-artifacts\/artifacts\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
      if (of !== undefined && path !== undefined) return new Response(places[of]?.[path] ?? null);
      return Response.json({
        files: Object.entries(places[searchParams.get("path") ?? ""] ?? {}).map(entry),
      });
    },
  });
  const reference = {
    ...{ name: "m", version: "1", source: "", stage: "None", aliases: [], tags },
    ...{ contentId: "", servingId: "", registryId: "" },
    ...("runId" in others ? others : { runId: "r" }),
  };
  const { runId, ...rest } = reference;
  return fetchReferenceWindow(
    { ...rest, ...(runId !== undefined && { runId }) },
    { mlflow, store: createMemoryStore(), artifactRoot },
  );
}

describe("the reference window of a version", () => {
  it.each([
    ["contract", { "model-contract.json": '{"reference_window":"named.json"}' }, {}],
    ["contract in a folder", { "data/model-contract.json": '{"reference_window":"named.json"}' }, {}],
    ["tags", {}, { reference_window: "named.json" }],
    ["metadata", { MLmodel: `${mlmodel}metadata:\n  reference_window: named.json\n` }, {}],
  ])("is the file that its %s names, rather than one of the usual name", async (_, others, tags) => {
    const files = { MLmodel: mlmodel, "named.json": "named", "reference-window.jsonl": "usual", ...others };
    expect(await fetchWindow({ files, tags, runFiles: { "reference-window.jsonl": "of the run" } })).toBe(
      "named",
    );
  });

  it.each(["reference-window.jsonl", "extra_files/reference-window.jsonl"])(
    "is %s where nothing names one, or the named one is gone",
    async (path) => {
      const files = { MLmodel: mlmodel, [path]: "usual", "old-reference-window.jsonl": "other" };
      expect(await fetchWindow({ files })).toBe("usual");
      expect(await fetchWindow({ files, tags: { reference_window: "gone.json" } })).toBe("usual");
    },
  );

  it("is its run's where the version has none", async () => {
    const files = { MLmodel: mlmodel };
    const runFiles = { "other.jsonl": "other", "reference-window.jsonl": "of the run" };
    expect(await fetchWindow({ files, runFiles })).toBe("of the run");
    expect(await fetchWindow({ files, runFiles, runId: undefined })).toBeUndefined();
    expect(await fetchWindow({ files, runFiles: { "model/reference-window.jsonl": "x" } })).toBeUndefined();
    expect(await fetchWindow({ files: {}, runFiles })).toBe("of the run");
  });

  it("is read behind the proxy where the wrong bucket is given for it", async () => {
    const files = { MLmodel: mlmodel, "reference-window.jsonl": "usual" };
    expect(await fetchWindow({ files, artifactRoot: "s3://wrong" })).toBe("usual");
  });

  it("is none where it is too large to be read", async () => {
    const name = "reference-window.jsonl";
    const files = { MLmodel: mlmodel, [name]: "usual" };
    const runFiles = { [name]: "of the run" };
    expect(await fetchWindow({ files, runFiles, sizes: { [name]: 50_000_001 } })).toBeUndefined();
    expect(await fetchWindow({ files: { MLmodel: mlmodel }, runFiles, sizes: { [name]: 50_000_001 } })).toBe(
      undefined,
    );
    // Its size is not what was listed, which shows that it was asked for.
    await expect(fetchWindow({ files, sizes: { [name]: 50_000_000 } })).rejects.toThrow(
      "Expected 50000000 bytes but received 5",
    );
  });
});
