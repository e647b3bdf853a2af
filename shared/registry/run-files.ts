import { listArtifacts } from "../mlflow/calls/list-artifacts.ts";
import type { FileInfo, Run } from "../mlflow/types.ts";
import { type ArtifactAccess, chooseArtifactSources } from "./artifact-source/choose-artifact-source.ts";
import { downloadFiles, type WantedFile } from "./artifact-source/download-files.ts";
import { labelFileNames } from "./label-files.ts";
import { contractFileName } from "./plan-files.ts";

/** Folder among a version's files with the files that its run has. */
export const runFolder = "run-files/";
const wantedNames = new Set([contractFileName, ...labelFileNames]);
/**
 * Folders of a run that people give to `mlflow.log_dict` and `mlflow.log_artifact`; since MLflow 3 the model is not in
 * the run.
 */
const runPlaces = ["", "model"];
const largestBytes = 5_000_000;
const timeoutMs = 30_000;

/**
 * Fetches the contract and label files that were written to a version's run instead of beside its weights.
 *
 * @throws MlflowError or ServiceError when they cannot be listed or fetched
 */
export async function fetchRunFiles(run: Run, access: ArtifactAccess, directory: string): Promise<void> {
  const address = run.info.artifact_uri;
  if (address === undefined) return;
  const listed = await Promise.all(runPlaces.map((place) => listPlace(access, run.info.run_id, place)));
  const wanted = listed.flat();
  if (wanted.length === 0) return;
  const [source] = chooseArtifactSources({ ...access, artifactRoot: undefined }, address);
  await downloadFiles(source, wanted, `${directory}/${runFolder}`, timeoutMs);
}

async function listPlace({ mlflow }: ArtifactAccess, runId: string, place: string): Promise<WantedFile[]> {
  const wanted: WantedFile[] = [];
  for await (const file of listArtifacts(mlflow, runId, place)) {
    if (isWanted(file)) wanted.push({ path: file.path ?? "", sizeBytes: file.file_size ?? 0 });
  }
  return wanted;
}

function isWanted({ path = "", is_dir: isFolder, file_size: sizeBytes = 0 }: FileInfo): boolean {
  return !isFolder && wantedNames.has(path.split("/").at(-1) ?? "") && sizeBytes <= largestBytes;
}
