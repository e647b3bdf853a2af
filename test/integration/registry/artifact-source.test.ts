import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import type { ArtifactSource } from "../../../shared/registry/artifact-source/artifact-source.ts";
import { chooseArtifactSources } from "../../../shared/registry/artifact-source/choose-artifact-source.ts";
import { downloadFiles } from "../../../shared/registry/artifact-source/download-files.ts";
import { createProxiedArtifactSource } from "../../../shared/registry/artifact-source/proxied-artifact-source.ts";
import { createS3ArtifactSource } from "../../../shared/registry/artifact-source/s3-artifact-source.ts";
import { useSharedStack } from "../../support/stack.ts";
import { connectTo } from "./registry-clients.ts";

const stack = useSharedStack();
const { mlflow, store } = connectTo(stack.env);
const artifactRoot = stack.env.MLFLOW_DEFAULT_ARTIFACT_ROOT;

const implementations: [string, (folder: string) => ArtifactSource][] = [
  ["S3", (folder) => createS3ArtifactSource(store, `s3://${stack.bucket}/artifact-sources/${folder}`)],
  [
    "the proxy",
    (folder) => createProxiedArtifactSource(mlflow, `mlflow-artifacts:/artifact-sources/${folder}`),
  ],
];

describe.each(implementations)("files through %s", (_name, createSource) => {
  test("come back as they were uploaded, with their sizes, from folders too", async () => {
    const source = createSource(randomUUID());
    const contents = { MLmodel: "flavors:", "data/model.keras": "weights", "data/a/b c+ü.txt": "nested" };
    for (const [path, content] of Object.entries(contents)) await source.upload(path, Buffer.from(content));

    const files = await source.list();
    expect(files.sort((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: "data/a/b c+ü.txt", sizeBytes: 6 },
      { path: "data/model.keras", sizeBytes: 7 },
      { path: "MLmodel", sizeBytes: 8 },
    ]);
    for (const [path, content] of Object.entries(contents)) {
      expect(await text(await source.open(path))).toBe(content);
    }
  });

  test("are none where there is no folder", async () => {
    expect(await createSource(randomUUID()).list()).toEqual([]);
  });

  test("do not mix with those of a folder whose name begins alike", async () => {
    const folder = randomUUID();
    await createSource(`${folder}1`).upload("file", Buffer.from("other"));
    expect(await createSource(folder).list()).toEqual([]);
  });

  test("are refused when they do not exist", async () => {
    const source = createSource(randomUUID());
    await source.upload("file", Buffer.from("there"));
    await expect(source.open("other")).rejects.toThrow();
  });

  test("are replaced by a second upload", async () => {
    const source = createSource(randomUUID());
    await source.upload("file", Buffer.from("first"));
    await source.upload("file", Buffer.from("second"));
    expect(await text(await source.open("file"))).toBe("second");
  });

  test("of many megabytes arrive exact on disk", async () => {
    const directory = mkdtempSync(join(tmpdir(), "artifact-source-"));
    const source = createSource(randomUUID());
    const bytes = randomBytes(12_000_000);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await source.upload("large", bytes);
    const large = { path: "large", sizeBytes: bytes.length, isHashed: true };
    expect((await downloadFiles(source, [large], directory, 30_000)).get("large")).toBe(sha256);
    expect((await readFile(join(directory, "large"))).equals(bytes)).toBe(true);
    rmSync(directory, { recursive: true });
  });
});

describe("the ways to an address", () => {
  test("straight to S3 sees what the proxy wrote, so the mapping is right", async () => {
    const address = `mlflow-artifacts:/artifact-sources/${randomUUID()}`;
    const [direct, proxied] = chooseArtifactSources({ mlflow, store, artifactRoot }, address);
    await proxied?.upload("data/file", Buffer.from("shared"));

    expect(direct.address).toMatch(/^s3:\/\//);
    expect(await direct.list()).toEqual([{ path: "data/file", sizeBytes: 6 }]);
    expect(await text(await direct.open("data/file"))).toBe("shared");
  });
});
