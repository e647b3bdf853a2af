import { existsSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../cli/parse-command-line.mjs";

const tables = ["fundus/groups.tsv", "fundus-outside/sources.tsv"];

/**
 * Looks for the photographs that every training uses, before gigabytes are installed for one that could not begin.
 *
 * @throws UsageError unless their tables are there
 */
export function assertPhotographs(folder: string): void {
  const missing = tables.map((table) => path.resolve(folder, table)).find((table) => !existsSync(table));
  if (missing === undefined) return;
  throw new UsageError(
    `Expected a folder with labelled photographs for --data but there is no ${missing}: models/eye-disease/training/README.md says what is in these tables; --short makes pictures of its own`,
  );
}

/** @throws UsageError when the file of weights to start from does not exist */
export function assertStart(start: string): void {
  if (start === "imagenet" || existsSync(start)) return;
  throw new UsageError(`Expected a .keras file or imagenet for --start but there is no ${start}`);
}
