import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../errors/model-error.ts";
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
      const labels = readLabels(holds, text, `${version}: ${place}`);
      if (labels === undefined)
        throw new ModelError(`${version}: ${place}: Expected labels but received ${text}`);
      return [{ place, contract: { labels } }];
    }
  }
  return [];
}
