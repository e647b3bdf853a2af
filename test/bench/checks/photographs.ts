import { readFile } from "node:fs/promises";
import path from "node:path";

export interface Photograph {
  /** Absolute path. */
  file: string;
  source: string;
}

const tables = [
  { folder: "fundus", table: "groups.tsv", prefix: "public, " },
  { folder: "fundus-outside", table: "sources.tsv", prefix: "" },
];

/** The fundus photographs beside the project, by the tables that name them. */
export async function listPhotographs(folder: string): Promise<Photograph[]> {
  const lists = tables.map(async ({ folder: name, table, prefix }) => {
    const text = await readFile(path.join(folder, name, table), "utf8");
    const [head = "", ...lines] = text.trim().split("\n");
    const columns = head.split("\t");
    return lines.map((line) => {
      const cells = line.split("\t");
      const cell = (column: string) => cells[columns.indexOf(column)] ?? "";
      return { file: path.join(folder, name, cell("file")), source: prefix + cell("source") };
    });
  });
  return (await Promise.all(lists)).flat();
}
