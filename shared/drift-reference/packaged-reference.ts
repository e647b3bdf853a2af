import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseDeclaredContract } from "../registry/contract/parse-declared-fields.ts";
import { contractFileName } from "../registry/version-files/plan-files.ts";

/**
 * The reference window that the packaged model's contract names.
 *
 * @param folder of the packaged model; its contract and its window are enough, the weights need not be there
 * @param version `name/version` of the predictions
 * @returns its text; undefined when another model made the predictions, or the model has no window
 */
export async function readPackagedReference(folder: string, version: string): Promise<string | undefined> {
  const text = await readIfThere(path.join(folder, contractFileName));
  if (text === undefined) return undefined;
  const contract = parseDeclaredContract(JSON.parse(text), contractFileName);
  const isOfPackaged = version === `${path.basename(folder)}/${contract.version}`;
  if (!isOfPackaged || contract.reference_window === undefined) return undefined;
  return readIfThere(path.join(folder, contract.reference_window));
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}
