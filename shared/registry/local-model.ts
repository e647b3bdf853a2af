import { createHash } from "node:crypto";
import { mkdir, readdir, stat, symlink } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { ModelError } from "../errors/model-error.ts";
import type { ModelFiles, ModelFormat } from "../schemas/model.ts";
import { joinDeclarations } from "./contract/declare-contract.ts";
import { declareByLabelFile } from "./contract/label-files.ts";
import { declareByFile } from "./version-files/read-version-files.ts";

const weightsNames: readonly [string, ModelFormat][] = [
  ["model.keras", "keras"],
  ["model.onnx", "onnx"],
  ["model.h5", "keras_h5"],
  ["saved_model", "saved_model"],
];

/**
 * The model that is deployed with the service: a folder with the weights (`model.keras`, `model.onnx`, `model.h5` or
 * the folder `saved_model`) and `model-contract.json`, or a label file for the labels alone. It answers under the name of its folder, never under that of the
 * registered model that it replaces. Its version is the contract's `version`, otherwise an id of the weights file.
 *
 * @param cacheDirectory for what is compiled from it: the packaged folder is read-only on Lambda
 * @throws ModelError when there is no such folder, or no weights in it
 */
export async function readLocalModel(directory: string, cacheDirectory: string): Promise<ModelFiles> {
  const packaged = resolve(directory);
  const entries = await readdir(packaged).catch((error: unknown) => {
    throw new ModelError(`There is no packaged model in ${packaged} (LOCAL_MODEL_DIRECTORY)`, {
      cause: error,
    });
  });
  const weights = weightsNames.find(([file]) => entries.includes(file));
  if (weights === undefined) {
    const expected = weightsNames.map(([file]) => file).join(", ");
    throw new ModelError(
      `${packaged} (LOCAL_MODEL_DIRECTORY): Expected one of ${expected} but received ${entries.join(", ") || "no files"}`,
    );
  }
  const [path, format] = weights;
  const declaration = joinDeclarations([
    ...(await declareByFile(packaged, path, "the packaged model")),
    ...(await declareByLabelFile(packaged, [""], "the packaged model")),
  ]);
  const id = await identifyFile(join(packaged, path));
  return {
    identity: {
      name: basename(packaged),
      version: declaration.declared.version ?? `packaged-${id}`,
      source: "local_file",
    },
    directory: await linkInto(join(cacheDirectory, ".packaged", id), packaged).catch(() => packaged),
    format,
    path,
    ...declaration,
  };
}

/** Hash of path, size and time of change: enough to distinguish packaged models without reading them. */
async function identifyFile(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  return createHash("sha256").update(`${file} ${size} ${mtimeMs}`).digest("hex").slice(0, 12);
}

/** Links the packaged files into a writable folder, where what is compiled from them can be kept. */
async function linkInto(directory: string, packaged: string): Promise<string> {
  for (const entry of await readdir(packaged, { withFileTypes: true, recursive: true })) {
    const target = join(entry.parentPath, entry.name);
    const link = join(directory, relative(packaged, target));
    if (entry.isDirectory()) continue;
    await mkdir(dirname(link), { recursive: true });
    await symlink(target, link).catch(ignoreExisting);
  }
  return directory;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
