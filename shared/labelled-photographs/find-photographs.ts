import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { InputError } from "../errors/input-error.ts";
import { decodeTable } from "./decode-table.ts";
import { parseTable } from "./parse-table.ts";

/** A photograph whose class is known. */
export interface LabelledPhotograph {
  /** Path relative to the folder, with `/`. */
  file: string;
  label: string;
  source: string;
  patient: string;
}

/** Of every format that POST /predict reads. */
const photographEndings = /\.(jpe?g|png|webp|tiff?|bmp|gif|avif|jp2|j2k|jpx|j2c|dcm|dicom)$/i;
const columns = {
  file: ["file", "filename", "path"],
  label: ["class", "label"],
  source: ["source", "camera"],
  patient: ["patient", "group"],
};

/**
 * Finds the photographs of a folder with their classes. They come from a table (columns `file`, `class`, `source`,
 * `patient`). What the table does not say comes from the path, `[source/]class/file`; a photograph without a patient counts
 * as a patient of its own. A photograph that the table names twice with the same class counts once.
 *
 * @param labels classes of the model
 * @throws InputError naming the first photograph whose class is not known, or that the table gives two
 */
export async function findPhotographs(
  folder: string,
  tableFile: string | undefined,
  labels: readonly string[],
): Promise<LabelledPhotograph[]> {
  const photographs =
    tableFile === undefined ? await listFolder(folder) : readTable(await readText(tableFile), tableFile);
  if (photographs.length === 0)
    throw new InputError(`Expected photographs in ${tableFile ?? folder} but found none`);
  const unknown = photographs.find(({ label }) => !labels.includes(label));
  if (unknown !== undefined) {
    throw new InputError(
      `Expected one of the model's classes (${labels.join(", ")}) for ${unknown.file} but received ${unknown.label || "none"}: ` +
        "name the folders after the classes, or give a table with the columns file and class (--labels)",
    );
  }
  return photographs;
}

async function listFolder(folder: string): Promise<LabelledPhotograph[]> {
  const files = await listFiles(folder).catch((cause: unknown) => {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`Expected a folder with photographs but ${folder} cannot be read`, { cause });
  });
  return files
    .filter((file) => photographEndings.test(file))
    .map((file) => path.relative(folder, file).replaceAll(path.sep, "/"))
    .sort()
    .map(describeByPath);
}

/**
 * Lists all files. Links are followed, because sets are often made of links, except a link to a folder that contains it.
 *
 * @param above real paths of the folders that hold `folder`
 */
async function listFiles(folder: string, above: readonly string[] = []): Promise<string[]> {
  const real = await realpath(folder);
  if (above.includes(real)) return [];
  const within = [...above, real];
  const lists = (await readdir(folder)).map(async (name) => {
    const entry = path.join(folder, name);
    const status = await stat(entry).catch((cause: unknown) => {
      if (!photographEndings.test(name)) return undefined;
      throw new InputError(`Expected a photograph but ${entry} is a link to what is not there`, { cause });
    });
    if (status?.isDirectory()) return listFiles(entry, within);
    return status?.isFile() ? [entry] : [];
  });
  return (await Promise.all(lists)).flat();
}

function describeByPath(file: string): LabelledPhotograph {
  const [label = "", source] = file.split("/").slice(0, -1).reverse();
  return { file, label, source: source ?? "all", patient: file };
}

function readTable(text: string, tableFile: string): LabelledPhotograph[] {
  const photographs = parseTable(text).map((row): LabelledPhotograph => {
    const find = (names: readonly string[]) => names.map((name) => row[name]).find((value) => value);
    const given = find(columns.file);
    if (given === undefined)
      throw new InputError(
        `Expected a column named file in ${tableFile} but received ${Object.keys(row).join(", ") || "no header"}`,
      );
    // A table may come from Windows.
    const file = path.posix.normalize(given.replaceAll("\\", "/"));
    const byPath = describeByPath(file);
    return {
      file,
      label: find(columns.label) ?? byPath.label,
      source: find(columns.source) ?? byPath.source,
      patient: find(columns.patient) ?? file,
    };
  });
  return expectEachOnce(photographs, tableFile);
}

/** Data sets of several diseases have one row per disease of a photograph: counted twice, one of them would always be wrong. */
function expectEachOnce(photographs: readonly LabelledPhotograph[], tableFile: string): LabelledPhotograph[] {
  const byFile = new Map<string, LabelledPhotograph>();
  for (const photograph of photographs) {
    const { file, label } = photograph;
    const earlier = byFile.get(file);
    if (earlier !== undefined && earlier.label !== label) {
      throw new InputError(
        `Expected one class for ${file} but ${tableFile} names ${earlier.label} and ${label}: keep one of its rows, or take the photograph out`,
      );
    }
    byFile.set(file, earlier ?? photograph);
  }
  return [...byFile.values()];
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new InputError(`Expected a table of labels but ${file} cannot be read`, { cause });
  });
  return decodeTable(bytes, file);
}
