import { ModelError } from "../errors/model-error.ts";
import type { ModelFormat } from "../schemas/model.ts";
import type { ArtifactFile } from "./artifact-source/artifact-source.ts";
import type { Mlmodel, WeightsCandidate } from "./read-mlmodel.ts";

export const contractFileName = "model-contract.json";

/** Where a contract or labels may lie: at the root, beside the weights, or where MLflow's `extra_files` puts them. */
export function contractFolders(weightsPath: string): string[] {
  const folder = weightsPath.includes("/") ? weightsPath.slice(0, weightsPath.lastIndexOf("/") + 1) : "";
  return [...new Set(["", folder, "extra_files/"])];
}

export const contractPaths = (weightsPath: string): string[] =>
  contractFolders(weightsPath).map((folder) => folder + contractFileName);

export interface Weights {
  format: ModelFormat;
  path: string;
  /** The weights themselves: one file, a SavedModel's files, or an ONNX file with its external data. */
  files: ArtifactFile[];
}

/** Files that MLflow writes beside an ONNX model; every other file there holds tensors of it. */
const mlflowFiles = new Set([
  "MLmodel",
  "conda.yaml",
  "python_env.yaml",
  "requirements.txt",
  "registered_model_meta",
  contractFileName,
]);

/**
 * Finds the weights that an MLmodel file names among the files that are there.
 *
 * @param version for errors: `eye-disease-model/3`
 * @throws ModelError when none of the places MLmodel names holds anything
 */
export function findWeights(mlmodel: Mlmodel, files: readonly ArtifactFile[], version: string): Weights {
  for (const candidate of mlmodel.candidates) {
    const found = filesOf(candidate, files);
    if (found.length > 0) return { format: candidate.format, path: candidate.path, files: found };
  }
  const expected = mlmodel.candidates.map(({ path }) => path).join(" or ");
  const received = files.map(({ path }) => path).join(", ");
  throw new ModelError(
    `${version}: Expected the weights at ${expected} but received ${received || "no files"}`,
  );
}

function filesOf(
  { path, format, isFolder }: WeightsCandidate,
  files: readonly ArtifactFile[],
): ArtifactFile[] {
  if (isFolder) {
    const hasGraph = files.some((file) => file.path === `${path}/saved_model.pb`);
    return hasGraph ? files.filter((file) => file.path.startsWith(`${path}/`)) : [];
  }
  const weights = files.filter((file) => file.path === path);
  if (format !== "onnx" || weights.length === 0 || path.includes("/")) return weights;
  const external = files.filter(
    ({ path }) => !path.includes("/") && !mlflowFiles.has(path) && !/example/.test(path),
  );
  return [...weights, ...external.filter((file) => file.path !== path)];
}
