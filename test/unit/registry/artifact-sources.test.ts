import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { ModelError } from "../../../shared/errors/model-error.ts";
import { createMlflowClient } from "../../../shared/mlflow/client.ts";
import { chooseArtifactSources } from "../../../shared/registry/artifact-source/choose-artifact-source.ts";
import { createProxiedArtifactSource } from "../../../shared/registry/artifact-source/proxied-artifact-source.ts";
import { createS3ArtifactSource } from "../../../shared/registry/artifact-source/s3-artifact-source.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

/** A store in memory whose objects can be read as streams. */
function createStore(objects: Record<string, string> = {}) {
  const store = createMemoryStore();
  for (const [key, body] of Object.entries(objects)) store.objects.set(key, body);
  const openObject = async (_bucket: string, key: string) => {
    const body = store.objects.get(key);
    return body === undefined ? undefined : { body: Readable.from([body]), sizeBytes: body.length };
  };
  return { ...store, openObject } as typeof store;
}

/** MLflow's artifact proxy over files in memory, what it was asked to list, and the pieces of what was sent in pieces. */
function createProxy(files: Map<string, Buffer>) {
  const listed: string[] = [];
  const uploads: (number[] | undefined)[] = [];
  const mlflow = createMlflowClient({
    trackingUri: "http://mlflow.test",
    maxAttempts: 1,
    fetch: async (request, init) => {
      const { pathname, searchParams } = new URL(request.url);
      const path = decodeURIComponent(pathname.replace(/.*\/mlflow-artifacts\/artifacts\/?/, ""));
      if (request.method === "PUT") {
        const pieces: Uint8Array[] = [];
        for await (const piece of (init?.body as unknown as AsyncIterable<Uint8Array>) ?? [
          new Uint8Array(await request.arrayBuffer()),
        ])
          pieces.push(piece);
        files.set(path, Buffer.concat(pieces));
        uploads.push(init?.body ? pieces.map((piece) => piece.length) : undefined);
        return Response.json({});
      }
      if (path !== "") return new Response(new Uint8Array(files.get(path) ?? []));
      const folder = searchParams.get("path") ?? "";
      listed.push(folder);
      const inside = [...files].filter(([name]) => name.startsWith(`${folder}/`));
      const entries = new Map<string, object>();
      for (const [name, bytes] of inside) {
        const [first = "", ...rest] = name.slice(folder.length + 1).split("/");
        const isFolder = rest.length > 0;
        entries.set(first, { path: first, is_dir: isFolder, ...(!isFolder && { file_size: bytes.length }) });
      }
      return Response.json({ files: [...entries.values()] });
    },
  });
  return { mlflow, listed, uploads };
}

describe("files of a version in S3", () => {
  it("are those of its folder alone, by their path in it, without the marks that stand for folders", async () => {
    const store = createStore({
      "1/m-1/MLmodel": "abc",
      "1/m-1/data/": "",
      "1/m-1/data/w": "",
      "1/m-12/x": "",
    });
    const expected = [
      { path: "MLmodel", sizeBytes: 3 },
      { path: "data/w", sizeBytes: 0 },
    ];
    for (const address of ["s3://b/1/m-1", "s3://b/1/m-1//"])
      expect(await createS3ArtifactSource(store, address).list()).toEqual(expected);
  });

  it("may lie at the root of a bucket", async () => {
    const source = createS3ArtifactSource(createStore({ MLmodel: "abc" }), "s3://b");
    expect(await source.list()).toEqual([{ path: "MLmodel", sizeBytes: 3 }]);
    expect(await text(await source.open("MLmodel"))).toBe("abc");
  });

  it("go where they are read from", async () => {
    const store = createStore();
    const source = createS3ArtifactSource(store, "s3://b/1/m-1/");
    await source.upload("data/w", Buffer.from("weights"));
    expect([...store.objects]).toEqual([["1/m-1/data/w", "weights"]]);
    expect(await text(await source.open("data/w"))).toBe("weights");
  });

  it("are missed by name", async () => {
    const opening = createS3ArtifactSource(createStore(), "s3://b/1/m-1").open("data/w");
    await expect(opening).rejects.toThrow(new ModelError("s3://b/1/m-1/data/w does not exist"));
  });

  it("are never a whole bucket's", async () => {
    const objects = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f/${index}`, ""]));
    expect(await createS3ArtifactSource(createStore(objects(1_000)), "s3://b/f").list()).toHaveLength(1_000);
    await expect(createS3ArtifactSource(createStore(objects(1_001)), "s3://b/f").list()).rejects.toThrow(
      new ModelError("s3://b/f: Expected the files of one model but received over 1000 files"),
    );
  });

  it("need a bucket", () => {
    expect(() => createS3ArtifactSource(createStore(), "s3:///f")).toThrow(
      new ModelError("Expected s3://bucket/folder but received s3:///f"),
    );
  });
});

describe("files of a version behind MLflow's proxy", () => {
  it("are listed through their folders, with their sizes", async () => {
    const files = new Map([
      ["1/m-1/MLmodel", Buffer.from("abc")],
      ["1/m-1/data/model/saved_model.pb", Buffer.from("graph")],
      ["1/m-12/other", Buffer.from("")],
    ]);
    const source = createProxiedArtifactSource(createProxy(files).mlflow, "mlflow-artifacts:/1/m-1");
    expect(await source.list()).toEqual([
      { path: "MLmodel", sizeBytes: 3 },
      { path: "data/model/saved_model.pb", sizeBytes: 5 },
    ]);
    expect(await text(await source.open("data/model/saved_model.pb"))).toBe("graph");
  });

  it("are looked for in no folder deeper than a model has", async () => {
    const { mlflow, listed } = createProxy(
      new Map([
        ["1/a/b/c/d/e/file", Buffer.from("")],
        ["1/a/b/c/d/e/f/g/file", Buffer.from("")],
      ]),
    );
    expect(await createProxiedArtifactSource(mlflow, "mlflow-artifacts:/1").list()).toEqual([
      { path: "a/b/c/d/e/file", sizeBytes: 0 },
    ]);
    expect(listed).toEqual(["1", "1/a", "1/a/b", "1/a/b/c", "1/a/b/c/d", "1/a/b/c/d/e"]);
  });

  it("are at most a thousand in a folder", async () => {
    const list = (count: number) => {
      const files = Array.from({ length: count }, (_, index) => [`1/${index}`, Buffer.from("")] as const);
      return createProxiedArtifactSource(createProxy(new Map(files)).mlflow, "mlflow-artifacts:/1").list();
    };
    expect(await list(1_000)).toHaveLength(1_000);
    await expect(list(1_001)).rejects.toThrow(
      new ModelError("mlflow-artifacts:/1: Expected the files of one model but received over 1000 files"),
    );
  });

  it.each([
    [0, undefined],
    [1_000_000, undefined],
    [1_000_001, [1_000_000, 1]],
    [2_000_000, [1_000_000, 1_000_000]],
    [2_500_000, [1_000_000, 1_000_000, 500_000]],
  ])("arrive whole, and in pieces if they are large: %i bytes in %j", async (length, pieces) => {
    const files = new Map<string, Buffer>();
    const bytes = Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 7) % 251));
    const { mlflow, uploads } = createProxy(files);
    await createProxiedArtifactSource(mlflow, "mlflow-artifacts:/1/m-1").upload("data/w", bytes);
    expect(files.get("1/m-1/data/w")?.equals(bytes)).toBe(true);
    expect(uploads).toEqual([pieces]);
  });
});

describe("the ways to an address", () => {
  const sources = (address: string, artifactRoot?: string) =>
    chooseArtifactSources(
      { mlflow: createProxy(new Map()).mlflow, store: createStore(), artifactRoot },
      address,
    );

  it.each([
    ["s3://bucket/folder", ["s3://bucket/folder"]],
    [
      "mlflow-artifacts:/1/models/m-1/artifacts",
      ["s3://store/a/1/models/m-1/artifacts", "mlflow-artifacts:/1/models/m-1/artifacts"],
    ],
    ["mlflow-artifacts://host:5000/1/x", ["s3://store/a/1/x", "mlflow-artifacts://host:5000/1/x"]],
  ])("%s is read from %j", (address, expected) => {
    expect(sources(address, "s3://store/a//").map((source) => source.address)).toEqual(expected);
  });

  it("without a known root, only the proxy", () => {
    expect(sources("mlflow-artifacts:/1/x").map((source) => source.address)).toEqual([
      "mlflow-artifacts:/1/x",
    ]);
  });

  it.each([
    ["file:///mlruns/1/x", "start the MLflow server with --serve-artifacts"],
    ["runs:/1/model", "register the model with mlflow.register_model, which finds where its files are"],
    ["models:/m-1", "register the model with mlflow.register_model, which finds where its files are"],
  ])("%s is refused with what to do", (address, remedy) => {
    expect(() => sources(address)).toThrow(
      new ModelError(`Expected files at s3:// or mlflow-artifacts: but received ${address}; ${remedy}`),
    );
  });
});
