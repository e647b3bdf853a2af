import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { KeptPhotographs } from "../aws/kept-photographs.ts";
import type { LabelRecord } from "../schemas/label.ts";

/**
 * Writes the kept and labelled photographs in the form that the training reads: `labelled.tsv` with the columns file, class,
 * source and group, and the pictures beside it, and nothing that an earlier call has left there. Patients are not known, so
 * each photograph is a group of its own.
 *
 * @returns how many were written
 */
export async function exportPhotographs(
  labels: readonly LabelRecord[],
  photographs: Pick<KeptPhotographs, "fetchKept"> | undefined,
  folder: string,
): Promise<number> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const rows = ["file\tclass\tsource\tgroup"];
  for (const { prediction_id: id, label } of labels) {
    const png = await photographs?.fetchKept(id);
    if (png === undefined) continue;
    await writeFile(path.join(folder, `${id}.png`), png);
    rows.push(
      [`${id}.png`, label, "clinic", `clinic:${id}`].map((field) => field.replace(/\s/g, " ")).join("\t"),
    );
  }
  await writeFile(path.join(folder, "labelled.tsv"), `${rows.join("\n")}\n`);
  return rows.length - 1;
}
