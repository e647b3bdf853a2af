import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { getDownloadUri } from "../../mlflow/calls/get-download-uri.ts";
import { getRun } from "../../mlflow/calls/get-run.ts";
import { listArtifacts } from "../../mlflow/calls/list-artifacts.ts";
import { inTemporaryFolder } from "../../resilience/temporary-folder.ts";
import type { ArtifactFile, ArtifactSource } from "../artifact-source/artifact-source.ts";
import { type ArtifactAccess, chooseArtifactSources } from "../artifact-source/choose-artifact-source.ts";
import { downloadFiles } from "../artifact-source/download-files.ts";
import { joinDeclarations } from "../contract/declare-contract.ts";
import type { VersionReference } from "../resolve-version.ts";
import { contractFileName } from "./plan-files.ts";
import { parseMlmodel } from "./read-mlmodel.ts";
import { declareVersion } from "./read-version-files.ts";

/** Name of a reference window that no contract names: a file of the version, or an artifact of its run. */
export const referenceWindowName = "reference-window.jsonl";

const timeoutMs = 60_000;
const largestBytes = 50_000_000;

/**
 * Fetches the reference window of a version: the file that its contract names, or one called `reference-window.jsonl`
 * among its files or among the artifacts of its run.
 *
 * @returns its text; undefined when the version has none, or one of more than 50 MB
 * @throws MlflowError, StorageError, ServiceError or ModelError when the files cannot be listed or read
 */
export async function fetchReferenceWindow(
  reference: VersionReference,
  access: ArtifactAccess,
): Promise<string | undefined> {
  const address = await getDownloadUri(access.mlflow, reference.name, reference.version);
  for (const source of chooseArtifactSources(access, address)) {
    const files = await source.list();
    if (files.length === 0) continue;
    const found = await findAmong(files, source, reference);
    if (found !== undefined) return readArtifact(source, found);
    break;
  }
  return fetchFromRun(reference, access);
}

async function findAmong(
  files: readonly ArtifactFile[],
  source: ArtifactSource,
  reference: VersionReference,
): Promise<ArtifactFile | undefined> {
  const named = (path: string) => files.find((file) => file.path === path);
  const small = files.filter(({ path }) => path === "MLmodel" || path.endsWith(contractFileName));
  return inTemporaryFolder("reference-window", async (directory) => {
    await downloadFiles(source, small, directory, timeoutMs);
    const version = `${reference.name}/${reference.version}`;
    const mlmodel = parseMlmodel(await readFile(join(directory, "MLmodel"), "utf8"), version);
    const declarations = await declareVersion(reference, directory, mlmodel, "data/");
    const { reference_window: path } = joinDeclarations(declarations).declared;
    return (
      (path === undefined ? undefined : named(path)) ??
      files.find((file) => file.path.split("/").at(-1) === referenceWindowName)
    );
  });
}

async function fetchFromRun(
  { runId }: VersionReference,
  access: ArtifactAccess,
): Promise<string | undefined> {
  if (runId === undefined) return undefined;
  const address = (await getRun(access.mlflow, runId))?.info.artifact_uri;
  if (address === undefined) return undefined;
  for await (const { path, is_dir: isFolder, file_size: sizeBytes = 0 } of listArtifacts(
    access.mlflow,
    runId,
  )) {
    if (isFolder || path !== referenceWindowName) continue;
    const [source] = chooseArtifactSources({ ...access, artifactRoot: undefined }, address);
    return readArtifact(source, { path, sizeBytes });
  }
  return undefined;
}

async function readArtifact(source: ArtifactSource, file: ArtifactFile): Promise<string | undefined> {
  if (file.sizeBytes > largestBytes) return undefined;
  return inTemporaryFolder("reference-window", async (directory) => {
    await downloadFiles(source, [file], directory, timeoutMs);
    return readFile(join(directory, file.path), "utf8");
  });
}
