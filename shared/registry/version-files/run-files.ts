import { listArtifacts } from "../../mlflow/calls/list-artifacts.ts";
import type { FileInfo, Run } from "../../mlflow/types.ts";
import { type ArtifactAccess, chooseArtifactSources } from "../artifact-source/choose-artifact-source.ts";
import { downloadFiles, type WantedFile } from "../artifact-source/download-files.ts";
import { isLabelFile } from "../contract/label-files.ts";
import { contractFileName } from "./plan-files.ts";

/** Folder among a version's files with the files that its run has. */
export const runFolder = "run-files/";
/**
 * Folders of a run that people give to `mlflow.log_dict` and `mlflow.log_artifact`; since MLflow 3 the model is not in
 * the run.
 */
const runPlaces = ["", "model"];
/** Other folders of its root in which labels are looked for, to say that none are read there. */
const maximumOtherFolders = 20;
const largestBytes = 5_000_000;
const timeoutMs = 30_000;

/**
 * Fetches the contract and label files that were written to a version's run instead of beside its weights, and, where
 * no labels are there either, the label files in folders of the run's root.
 *
 * @param hasLabels whether the version declares labels beside its weights
 * @throws MlflowError or ServiceError when they cannot be listed or fetched
 */
export async function fetchRunFiles(
  run: Run,
  access: ArtifactAccess,
  directory: string,
  hasLabels: boolean,
): Promise<void> {
  const address = run.info.artifact_uri;
  if (address === undefined) return;
  const list = async (places: readonly string[]) =>
    (await Promise.all(places.map((place) => listPlace(access, run.info.run_id, place)))).flat();
  const entries = await list(runPlaces);
  const wanted = filesAmong(entries).filter(({ path }) => isLabelFile(path) || isContract(path));
  if (!hasLabels && !wanted.some(({ path }) => isLabelFile(path))) {
    const others = entries.filter((entry) => entry.is_dir && isOtherFolder(entry.path ?? ""));
    const nested = await list(others.slice(0, maximumOtherFolders).map(({ path = "" }) => path));
    wanted.push(...filesAmong(nested).filter(({ path }) => isLabelFile(path)));
  }
  if (wanted.length === 0) return;
  const [source] = chooseArtifactSources({ ...access, artifactRoot: undefined }, address);
  await downloadFiles(source, wanted, `${directory}/${runFolder}`, timeoutMs);
}

async function listPlace({ mlflow }: ArtifactAccess, runId: string, place: string): Promise<FileInfo[]> {
  const entries: FileInfo[] = [];
  for await (const entry of listArtifacts(mlflow, runId, place)) entries.push(entry);
  return entries;
}

const filesAmong = (entries: readonly FileInfo[]): WantedFile[] =>
  entries
    .filter(({ is_dir: isFolder, file_size: sizeBytes = 0 }) => !isFolder && sizeBytes <= largestBytes)
    .map(({ path = "", file_size: sizeBytes = 0 }) => ({ path, sizeBytes }));

const isContract = (path: string) => path.split("/").at(-1) === contractFileName;
const isOtherFolder = (path: string) => !path.includes("/") && !runPlaces.includes(path);
