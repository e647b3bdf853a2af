import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import type { DeclaredContract, ModelFiles } from "../contracts/model.ts";
import { ModelError } from "../errors/model-error.ts";
import type { ArtifactFile } from "./artifact-source/artifact-source.ts";
import { contractFromShape, type Declaration, joinDeclarations } from "./declare-contract.ts";
import { parseDeclaredContract, parseSimpleFields } from "./parse-declared-fields.ts";
import { contractPaths, findWeights } from "./plan-files.ts";
import { type Mlmodel, parseMlmodel } from "./read-mlmodel.ts";
import type { VersionReference } from "./resolve-version.ts";

/**
 * Reads a version whose files are on disk: its format, its weights and the contract it declares. The contract is joined
 * from, in this order, `model-contract.json`, MLmodel's metadata, the version's tags, the params of its logged model or
 * run (asked for only when nothing before them names the labels), and the signature.
 *
 * @throws ModelError when a place says something that cannot be, naming the place
 */
export async function readVersionFiles(
  reference: VersionReference,
  directory: string,
  loadParams: () => Promise<Record<string, string>>,
): Promise<ModelFiles> {
  const version = `${reference.name}/${reference.version}`;
  const mlmodel = parseMlmodel(await readFile(join(directory, "MLmodel"), "utf8"), version);
  const weights = findWeights(mlmodel, await listFiles(directory), version);
  const declarations = await declareVersion(reference, directory, mlmodel, weights.path);
  if (!declarations.some(({ contract }) => contract.labels !== undefined)) {
    declarations.push({ place: "params", contract: readParams(await loadParams()) });
  }
  declarations.push({ place: "signature", contract: contractFromShape(mlmodel.inputShape) });
  return {
    identity: { name: reference.name, version: reference.version, source: "mlflow_registry" },
    directory,
    format: weights.format,
    path: weights.path,
    ...joinDeclarations(declarations),
  };
}

/**
 * What a version declares without its params and its signature: by its contract file, MLmodel's metadata and its tags.
 *
 * @param directory holds the contract file, if the version has one
 */
export async function declareVersion(
  reference: VersionReference,
  directory: string,
  { metadata }: Mlmodel,
  weightsPath: string,
): Promise<Declaration[]> {
  const version = `${reference.name}/${reference.version}`;
  return [
    ...(await declareByFile(directory, weightsPath, version)),
    ...declareByEntries(metadata, "MLmodel metadata", version),
    ...declareByEntries(reference.tags, "version tags", version),
  ];
}

/** The contract file of a folder, the first of the places it may lie in. */
export async function declareByFile(
  directory: string,
  weightsPath: string,
  version: string,
): Promise<Declaration[]> {
  for (const path of contractPaths(weightsPath)) {
    const text = await readFile(join(directory, path), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    return [
      {
        place: path,
        contract: parseDeclaredContract(parseJson(text, `${version}: ${path}`), `${version}: ${path}`),
      },
    ];
  }
  return [];
}

/** `model_contract` as a whole before the simple fields. */
function declareByEntries(entries: Record<string, unknown>, place: string, version: string): Declaration[] {
  const declarations: Declaration[] = [];
  const whole = entries.model_contract;
  if (whole !== undefined) {
    const where = `${version}: ${place}, model_contract`;
    const value = typeof whole === "string" ? parseJson(whole, where) : whole;
    declarations.push({ place, contract: parseDeclaredContract(value, where) });
  }
  declarations.push({ place, contract: parseSimpleFields(entries, `${version}: ${place}`) });
  return declarations;
}

/** Params are written by training code for people: what is no list of labels there is no error. */
function readParams({ class_names, labels }: Record<string, string>): DeclaredContract {
  try {
    const value = labels ?? class_names;
    return value === undefined ? {} : parseSimpleFields({ labels: value }, "params");
  } catch {
    return {};
  }
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ModelError(`${place}: Expected JSON but received ${text.slice(0, 40)}`, { cause: error });
  }
}

async function listFiles(directory: string): Promise<ArtifactFile[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => ({ path: relative(directory, path), sizeBytes: (await stat(path)).size })),
  );
}
