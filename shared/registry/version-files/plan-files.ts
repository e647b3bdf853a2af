import { ModelError } from "../../errors/model-error.ts";
import type { ModelFormat } from "../../schemas/model.ts";
import type { ArtifactFile } from "../artifact-source/artifact-source.ts";
import type { Mlmodel, WeightsCandidate } from "./read-mlmodel.ts";

export const contractFileName = "model-contract.json";

/**
 * Folders in which a contract or labels may lie: the root, the folder of the weights, and that of MLflow's
 * `extra_files`.
 */
export function contractFolders(weightsPath: string): string[] {
  const folder = weightsPath.includes("/") ? weightsPath.slice(0, weightsPath.lastIndexOf("/") + 1) : "";
  return [...new Set(["", folder, "extra_files/"])];
}

export const contractPaths = (weightsPath: string): string[] =>
  contractFolders(weightsPath).map((folder) => folder + contractFileName);

export interface Weights {
  format: ModelFormat;
  path: string;
  /** One file, the files of a SavedModel, or an ONNX file with its external data. */
  files: ArtifactFile[];
}

/** Files beside an ONNX model that hold none of its tensors; every other file there may. */
const mlflowFiles = new Set([
  "MLmodel",
  "conda.yaml",
  "python_env.yaml",
  "requirements.txt",
  "registered_model_meta",
  contractFileName,
]);

/**
 * Finds the weights that an MLmodel file names among the files of a version.
 *
 * @param version for errors: `eye-disease-model/3`
 * @throws ModelError when there is nothing in any place that MLmodel names
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
