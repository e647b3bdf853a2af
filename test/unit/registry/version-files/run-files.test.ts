import { mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createObjectStore } from "../../../../shared/aws/object-store.ts";
import { createMlflowClient } from "../../../../shared/mlflow/client.ts";
import type { Run } from "../../../../shared/mlflow/types.ts";
import { fetchRunFiles } from "../../../../shared/registry/version-files/run-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "run-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is fetched of a run with these files, and the folders that were listed. */
async function fetchFrom(
  paths: readonly string[],
  hasLabels = false,
  file_size = 4,
  place: { artifact_uri?: string } = { artifact_uri: "mlflow-artifacts:/1/r/artifacts" },
) {
  const listed: string[] = [];
  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    if (!url.pathname.endsWith("/artifacts/list")) return new Response("text");
    const place = url.searchParams.get("path") ?? "";
    listed.push(place);
    const inside = paths.filter((path) => path.startsWith(place === "" ? "" : `${place}/`));
    const depth = place === "" ? 1 : place.split("/").length + 1;
    const entries = new Set(inside.map((path) => path.split("/").slice(0, depth).join("/")));
    const files = [...entries].map((path) => ({ path, is_dir: !paths.includes(path), file_size }));
    return Response.json({ files });
  };
  const mlflow = createMlflowClient({
    trackingUri: "http://registry.invalid",
    maxAttempts: 1,
    fetch: answer,
  });
  const access = { mlflow, store: createObjectStore({ region: "none" }), artifactRoot: undefined };
  const run = { info: { run_id: "r", ...place } } as Run;
  await fetchRunFiles(run, access, folder, hasLabels);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return { files: files.map((file) => file.replace(`${folder}/run-files/`, "")).sort(), listed };
}

test("fetches the contract and labels at the root and in model/, and looks nowhere else then", async () => {
  const paths = ["model-contract.json", "model/labels.txt", "model/weights", "plots/a.png"];
  expect(await fetchFrom(paths)).toEqual({
    files: ["model-contract.json", "model/labels.txt"],
    listed: ["", "model"],
  });
});

test("fetches labels in folders of the root where none are anywhere else", async () => {
  const paths = ["config/labels.txt", "config/model-contract.json", "a/b/labels.txt", "model/c/labels.txt"];
  const { files, listed } = await fetchFrom(paths);
  expect(files).toEqual(["config/labels.txt"]);
  expect(listed).toEqual(["", "model", "config", "a"]);
  expect((await fetchFrom(paths, true)).listed).toEqual(["", "model"]);
});

test("looks in few of many folders", async () => {
  const paths = Array.from({ length: 300 }, (_, index) => `checkpoint-${index}/labels.txt`);
  expect((await fetchFrom(paths)).listed).toHaveLength(22);
});

test("leaves what is too large to be labels", async () => {
  expect((await fetchFrom(["labels.txt", "model-contract.json"], false, 5_000_001)).files).toEqual([]);
  // It is fetched, and found to be of another size.
  await expect(fetchFrom(["labels.txt"], false, 5_000_000)).rejects.toThrow(
    "Expected 5000000 bytes but received 4",
  );
});

test("looks for labels elsewhere although there is a contract", async () => {
  const paths = ["model-contract.json", "config/labels.txt", "config/deeper/labels.txt"];
  expect((await fetchFrom(paths)).files).toEqual(["config/labels.txt", "model-contract.json"]);
});

test("looks nowhere for a run that has no place for files", async () => {
  expect(await fetchFrom(["labels.txt"], false, 4, {})).toEqual({ files: [], listed: [] });
});

test("fetches nothing of a run that has none of it", async () => {
  expect(await fetchFrom(["plots/a.png", "metrics.json"])).toEqual({
    files: [],
    listed: ["", "model", "plots"],
  });
});
