import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { ModelError } from "../../errors/model-error.ts";
import type { ModelFormat } from "../../schemas/model.ts";

/** A model on disk, and its place in a model version. */
export interface ModelFile {
  format: ModelFormat;
  /** Weights file, or folder of a SavedModel, relative to the version's root: where MLflow itself puts it. */
  versionPath: string;
  /** Every file: where it is, and where it goes in the version. */
  files: { source: string; versionPath: string; sizeBytes: number }[];
}

const places: Record<string, { format: ModelFormat; versionPath: string }> = {
  ".keras": { format: "keras", versionPath: "data/model.keras" },
  ".h5": { format: "keras_h5", versionPath: "data/model.h5" },
  ".hdf5": { format: "keras_h5", versionPath: "data/model.h5" },
  ".onnx": { format: "onnx", versionPath: "model.onnx" },
};

/**
 * Describes the model at a path: a `.keras`, `.h5`, `.hdf5` or `.onnx` file, or the folder of a TensorFlow SavedModel.
 *
 * @throws ModelError when it is none of these
 */
export function describeModelFile(file: string): ModelFile {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined) throw new ModelError(`${file} does not exist`);
  if (status.isDirectory()) return describeSavedModel(file);
  const place = places[path.extname(file).toLowerCase()];
  if (place === undefined) {
    throw new ModelError(
      `Expected a .keras, .h5 or .onnx file or the folder of a SavedModel for FILE but received ${file}`,
    );
  }
  const files = [{ source: file, versionPath: place.versionPath, sizeBytes: status.size }];
  return { ...place, files: place.format === "onnx" ? [...files, ...findExternalData(file)] : files };
}

/**
 * Files beside an ONNX file that hold weights of it, as PyTorch's exporter writes `model.onnx.data`. The ONNX file
 * refers to them by name, so they must keep their names.
 */
function findExternalData(file: string): ModelFile["files"] {
  const folder = path.dirname(file);
  const content = readFileSync(file);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== path.basename(file))
    .filter(({ name }) => content.includes(locationOf(name)))
    .map(({ name }) => {
      const source = path.join(folder, name);
      return { source, versionPath: name, sizeBytes: statSync(source).size };
    });
}

/** An encoded entry of TensorProto.external_data: the key `location` (field 1) and the file's name (field 2). */
function locationOf(name: string): Buffer {
  const key = Buffer.from("location");
  const value = Buffer.from(name);
  return Buffer.concat([Buffer.of(10, key.length), key, Buffer.of(18, value.length), value]);
}

function describeSavedModel(folder: string): ModelFile {
  const versionPath = "tf2model";
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) =>
    entry.isFile(),
  );
  const files = entries.map((entry) => {
    const source = path.join(entry.parentPath, entry.name);
    const sizeBytes = statSync(source).size;
    return { source, versionPath: path.posix.join(versionPath, path.relative(folder, source)), sizeBytes };
  });
  if (!files.some((file) => file.versionPath === `${versionPath}/saved_model.pb`)) {
    throw new ModelError(
      `Expected the folder of a SavedModel for FILE but ${folder} holds no saved_model.pb`,
    );
  }
  return { format: "saved_model", versionPath, files };
}
