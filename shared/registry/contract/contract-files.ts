import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { ModelError } from "../../errors/model-error.ts";
import type { DeclaredContract } from "../../schemas/model.ts";
import { contractFileName } from "../version-files/plan-files.ts";
import { joinDeclarations } from "./declare-contract.ts";
import { declareByLabelFile } from "./label-files.ts";
import { parseDeclaredContract } from "./parse-declared-fields.ts";

/** Files that the user named; `undefined`: none. */
interface NamedFiles {
  contractFile: string | undefined;
  referenceWindowFile: string | undefined;
}

/**
 * Reads the contract and the reference window that are to be registered with a model. Unless a contract is named, it is
 * the one beside the model file. Labels that it lacks come from a label file beside the model file.
 *
 * @returns contents, by their path in the version
 * @throws ModelError when a file cannot be read, or the contract or the label file is not valid
 */
export async function readContractFiles(modelFile: string, named: NamedFiles): Promise<Map<string, string>> {
  const contractFile = named.contractFile ?? findContractFile(modelFile);
  const contract = contractFile === undefined ? {} : await readContract(contractFile);
  const windowFile =
    named.referenceWindowFile ??
    (contractFile !== undefined && contract.reference_window !== undefined
      ? path.join(path.dirname(contractFile), contract.reference_window)
      : undefined);
  const windowName = windowFile === undefined ? undefined : path.basename(windowFile);
  const { declared } = joinDeclarations([
    { place: contractFileName, contract },
    ...(await declareByLabelFile(path.dirname(modelFile), [""], "the new version")),
  ]);

  const files = new Map<string, string>();
  const registered = { ...declared, ...(windowName !== undefined && { reference_window: windowName }) };
  if (contractFile !== undefined || Object.keys(registered).length > 0)
    files.set(contractFileName, render(registered));
  if (windowFile !== undefined && windowName !== undefined) files.set(windowName, await read(windowFile));
  return files;
}

/** The contract beside a model file, if there is one. */
function findContractFile(modelFile: string): string | undefined {
  const beside = path.join(path.dirname(modelFile), contractFileName);
  return existsSync(beside) ? beside : undefined;
}

async function readContract(file: string): Promise<DeclaredContract> {
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
