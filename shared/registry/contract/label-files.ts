import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../../errors/model-error.ts";
import type { Declaration } from "./declare-contract.ts";
import { type LabelName, readLabels } from "./declared-labels.ts";

/** Files in which training code leaves labels, and what they hold. */
const labelFiles: Record<string, LabelName> = {
  "class_names.json": "class_names",
  "class_names.txt": "class_names",
  "labels.json": "labels",
  "labels.txt": "labels",
  "classes.json": "labels",
  "classes.txt": "labels",
  "class_indices.json": "class_indices",
  "class_to_idx.json": "class_to_idx",
  "idx_to_class.json": "idx_to_class",
  "label_map.json": "label_map",
  "id2label.json": "id2label",
  "label2id.json": "label2id",
  "class_mapping.json": "label_map",
};

export const labelFileNames: readonly string[] = Object.keys(labelFiles);

export const isLabelFile = (path: string): boolean => labelFileNames.includes(path.split("/").at(-1) ?? "");

/**
 * The labels in the first label file among the folders of a version; an empty list when there is none.
 *
 * @param folders relative to `directory`, each with its `/`
 * @throws ModelError when the file holds no labels
 */
export async function declareByLabelFile(
  directory: string,
  folders: readonly string[],
  version: string,
): Promise<Declaration[]> {
  for (const folder of folders) {
    for (const [name, holds] of Object.entries(labelFiles)) {
      const place = folder + name;
      const text = await readFile(join(directory, place), "utf8").catch(() => undefined);
      if (text === undefined) continue;
      const labels =
        (name === "labels.txt" ? readNumbered(text) : undefined) ??
        readLabels(holds, text, `${version}: ${place}`);
      if (labels === undefined)
        throw new ModelError(`${version}: ${place}: Expected labels but received ${text}`);
      return [{ place, contract: { labels } }];
    }
  }
  return [];
}

/**
 * Labels behind their indices, one line each, as Teachable Machine writes `labels.txt`: `0 cataract`.
 *
 * @returns undefined unless every line has an index, and these are 0, 1, 2 ... in any order
 */
function readNumbered(text: string): string[] | undefined {
  const lines = text.trim().split(/\s*\n\s*/);
  const labels: string[] = [];
  for (const line of lines) {
    const [, index, label] = /^(\d+) +(.+)$/.exec(line) ?? [];
    if (label === undefined) return undefined;
    labels[Number(index)] = label;
  }
  const isComplete = labels.length === lines.length && !labels.includes(undefined as never);
  return isComplete ? labels : undefined;
}

/**
 * The first file in another folder that holds labels, each once. It is not taken for what the version declares: it may
 * belong to a data set or to another model.
 *
 * @param paths of files, relative to `directory`
 * @param folders in which `declareByLabelFile` looks
 */
export async function findLabelFileElsewhere(
  directory: string,
  paths: readonly string[],
  folders: readonly string[],
): Promise<string | undefined> {
  for (const path of paths.filter(isLabelFile)) {
    const name = path.split("/").at(-1) ?? "";
    if (folders.includes(path.slice(0, -name.length))) continue;
    const labels = readIfLabels(labelFiles[name] ?? "labels", await readFile(join(directory, path), "utf8"));
    if (labels.length > 1 && new Set(labels).size === labels.length) return path;
  }
  return undefined;
}

function readIfLabels(holds: LabelName, text: string): readonly string[] {
  try {
    return readLabels(holds, text, "") ?? [];
  } catch {
    return [];
  }
}
