import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { ModelError } from "../../errors/model-error.ts";
import { contractFileName } from "../version-files/plan-files.ts";
import { parseDeclaredContract } from "./parse-declared-fields.ts";

/** The contract beside a model file, if there is one. */
export function findContractFile(modelFile: string): string | undefined {
  const beside = path.join(path.dirname(modelFile), contractFileName);
  return existsSync(beside) ? beside : undefined;
}

/**
 * Reads the contract and the reference window that are to be registered with a model.
 *
 * @returns contents, by their path in the version
 * @throws ModelError when a file cannot be read, or the contract is not valid
 */
export async function readContractFiles(
  contractFile: string | undefined,
  referenceWindowFile: string | undefined,
): Promise<Map<string, string>> {
  const contract = contractFile === undefined ? undefined : await readContract(contractFile);
  const windowFile =
    referenceWindowFile ??
    (contractFile !== undefined && contract?.reference_window !== undefined
      ? path.join(path.dirname(contractFile), contract.reference_window)
      : undefined);

  const files = new Map<string, string>();
  if (windowFile === undefined) {
    if (contract !== undefined) files.set(contractFileName, render(contract));
    return files;
  }
  const windowName = path.basename(windowFile);
  files.set(contractFileName, render({ ...contract, reference_window: windowName }));
  files.set(windowName, await read(windowFile));
  return files;
}

async function readContract(file: string) {
  const text = await read(file);
  try {
    // The registry numbers its versions itself.
    const { version: _version, ...contract } = parseDeclaredContract(
      JSON.parse(text.replace(/^\uFEFF/, "")),
      file,
    );
    return contract;
  } catch (error) {
    if (error instanceof SyntaxError) throw new ModelError(`${file} is not JSON: ${error.message}`);
    throw error;
  }
}

async function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new ModelError(`${file} cannot be read: ${reasons[code ?? ""] ?? code}`, { cause: error });
  });
}

const reasons: Record<string, string> = {
  ENOENT: "it does not exist",
  EISDIR: "it is a folder",
  EACCES: "this user may not read it",
};

const render = (contract: object) => `${JSON.stringify(contract, null, 2)}\n`;
