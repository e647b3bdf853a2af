import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { ModelError } from "../../errors/model-error.ts";
import { defaultLabels, type ModelFiles } from "../../schemas/model.ts";
import type { ArtifactFile } from "../artifact-source/artifact-source.ts";
import { contractFromShape, type Declaration, joinDeclarations } from "../contract/declare-contract.ts";
import { looksLikeLabels } from "../contract/declared-labels.ts";
import { declareByLabelFile, findLabelFileElsewhere } from "../contract/label-files.ts";
import {
  isIgnored,
  parseDeclaredContract,
  parseParams,
  parseSimpleFields,
} from "../contract/parse-declared-fields.ts";
import { readExampleRange } from "../contract/read-example.ts";
import type { VersionReference } from "../resolve-version.ts";
import { contractFolders, contractPaths, findWeights } from "./plan-files.ts";
import { type Mlmodel, parseMlmodel } from "./read-mlmodel.ts";
import { runFolder } from "./run-files.ts";

/**
 * What MLflow knows of a version beside its files: from its registered model, its logged model and the run that made it.
 */
export interface Origin {
  registeredTags: Record<string, string>;
  modelTags: Record<string, string>;
  runTags: Record<string, string>;
  /** Of both; the logged model's take precedence. */
  params: Record<string, string>;
}

/**
 * Reads a version whose files are on disk: its format, its weights and the contract it declares. The contract is joined
 * from, in this order: `model-contract.json` and files of labels beside the weights, MLmodel's metadata, the tags of
 * the version, of its logged model and of its run, the same files in its run, params, and the signature.
 *
 * @throws ModelError when a place declares something impossible, and it names the place; when a tag of the registered
 *   model declares what no place of the version does
 */
export async function readVersionFiles(
  reference: VersionReference,
  directory: string,
  askedOrigin: Promise<Origin>,
): Promise<ModelFiles> {
  const version = `${reference.name}/${reference.version}`;
  const mlmodel = parseMlmodel(await readFile(join(directory, "MLmodel"), "utf8"), version);
  const files = await listFiles(directory);
  const weights = findWeights(mlmodel, files, version);
  const origin = await askedOrigin;
  const winning = [
    ...(await declareVersion(reference, directory, mlmodel, weights.path)),
    ...declareByEntries(origin.modelTags, "tags of its logged model", version),
    ...declareByEntries(origin.runTags, "tags of its run", version),
    ...(await declareByRunFiles(directory, version)),
  ];
  const hasLabels = winning.some(({ contract }) => contract.labels !== undefined);
  const declarations = [
    ...winning,
    { place: "params", contract: parseParams(origin.params, `${version}: params`, { hasLabels }) },
    { place: "signature", contract: contractFromShape(mlmodel.inputShape) },
  ];
  const { examplePath, classes, metadata } = mlmodel;
  const labelsElsewhere =
    findUnusedLabels(reference, metadata, origin) ?? (await findLabelFile(directory, files, weights.path));
  const { declared, declaredBy } = joinDeclarations(declarations);
  const ignored = [describeIgnored(metadata), describeRegisteredTags(origin.registeredTags, declaredBy)]
    .filter((entries) => entries !== undefined)
    .join("; ");
  const exampleRange = examplePath && (await readExampleRange(join(directory, examplePath)));
  return {
    identity: { name: reference.name, version: reference.version, source: "mlflow_registry" },
    directory,
    format: weights.format,
    path: weights.path,
    declared,
    declaredBy: { ...declaredBy, ...(ignored !== "" && { ignored }) },
    evidence: {
      ...(exampleRange && { exampleRange }),
      ...(classes && { classes }),
      ...(labelsElsewhere && { labelsElsewhere }),
    },
  };
}

/** Class names under a name that declares none, in one of a version's own places or in its registered model. */
const findUnusedLabels = (
  { tags }: VersionReference,
  metadata: Mlmodel["metadata"],
  { modelTags, runTags, params, registeredTags }: Origin,
) =>
  findLabelsElsewhere({
    "MLmodel metadata": metadata,
    "version tags": tags,
    "tags of its logged model": modelTags,
    "tags of its run": runTags,
    params,
  }) ?? findRegisteredLabels(registeredTags);

/**
 * What a version declares itself, without its logged model and run: in its contract file, label file, MLmodel metadata
 * and tags.
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
    ...(await declareByLabelFile(directory, contractFolders(weightsPath), version)),
    ...declareByEntries(metadata, "MLmodel metadata", version),
    ...declareByEntries(reference.tags, "version tags", version),
  ];
}

/** Folders of a run in which a contract or labels may lie. */
const runFolders = ["", "model/"].map((folder) => runFolder + folder);

async function declareByRunFiles(directory: string, version: string): Promise<Declaration[]> {
  const contracts = await Promise.all(
    runFolders.map((folder) => declareByFile(join(directory, folder), "", version)),
  );
  const [contract = []] = contracts.filter((found) => found.length > 0);
  const labels = await declareByLabelFile(directory, runFolders, version);
  return [...contract, ...labels].map((declared) => ({ ...declared, place: placeInRun(declared.place) }));
}

/** How a file of the run is named: `model/labels.txt of its run`. */
const placeInRun = (path: string) => `${path.replace(runFolder, "")} of its run`;

/** The contract file of a version, from the first place that has one; an empty list when there is none. */
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

/**
 * The tags of the registered model that say what the version does not, such as `tags of the registered model: value_range`.
 * They are named, not read: they would hold for each of its versions, also for those with other classes or values.
 */
function describeRegisteredTags(
  tags: Record<string, string>,
  declaredBy: Record<string, string>,
): string | undefined {
  const names = Object.entries(tags)
    .filter(([key, value]) =>
      Object.keys(joinDeclarations(readTag(key, value)).declaredBy).some(
        (field) => declaredBy[field] === undefined,
      ),
    )
    .map(([key]) => key);
  return describeEntries("tags of the registered model", names);
}

/** Labels that a tag of the registered model gives: a version whose labels would be assumed must not have others. */
function findRegisteredLabels(tags: Record<string, string>): string | undefined {
  for (const [key, value] of Object.entries(tags)) {
    const { labels } = joinDeclarations(readTag(key, value)).declared;
    if (labels?.length === defaultLabels.length && !isDeepStrictEqual(labels, defaultLabels))
      return `tags of the registered model: ${key}`;
  }
  return undefined;
}

/** What a tag declares; nothing when it cannot be read: it may be meant for people. */
function readTag(key: string, value: string): Declaration[] {
  try {
    return declareByEntries({ [key]: value }, "", "");
  } catch (error) {
    if (error instanceof ModelError) return [];
    throw error;
  }
}

/** How many ignored entries are named: a report of the service's state has to fit into a tag. */
const namedIgnored = 10;

/**
 * The entries of the metadata that declare nothing here, such as `MLmodel metadata: author, project`. Only the model's
 * author writes there, so any of them may describe a step that this service does not know.
 */
const describeIgnored = (metadata: Record<string, unknown>): string | undefined =>
  describeEntries("MLmodel metadata", Object.keys(metadata).filter(isIgnored));

function describeEntries(place: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const more = names.length > namedIgnored ? ` and ${names.length - namedIgnored} more` : "";
  return `${place}: ${names.slice(0, namedIgnored).join(", ")}${more}`;
}

/** Place and name of the first entry that seems to hold labels, such as `params: dataset_classes`. */
function findLabelsElsewhere(places: Record<string, Record<string, unknown>>): string | undefined {
  return Object.entries(places)
    .flatMap(([place, entries]) => Object.entries(entries).map((entry) => ({ place, entry })))
    .filter(({ entry: [name, value] }) => looksLikeLabels(name, value))
    .map(({ place, entry: [name] }) => `${place}: ${name}`)[0];
}

/** A file of labels in a folder where none is looked for, such as `config/labels.txt of its run`. */
async function findLabelFile(
  directory: string,
  files: readonly ArtifactFile[],
  weightsPath: string,
): Promise<string | undefined> {
  const paths = files.map(({ path }) => path).sort();
  const folders = [...contractFolders(weightsPath), ...runFolders];
  const found = await findLabelFileElsewhere(directory, paths, folders);
  return found?.startsWith(runFolder) ? placeInRun(found) : found;
}

/** What entries declare: a whole contract in `model_contract` takes precedence over the simple fields. */
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

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new ModelError(`${place}: Expected JSON but received ${text.slice(0, 40)}`, { cause: error });
  }
}

async function listFiles(directory: string): Promise<ArtifactFile[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  // Another process may be keeping a compiled graph here, whose unfinished files come and go.
  const files = await Promise.all(
    paths.map(async (path) => ({ path, status: await stat(path).catch(() => undefined) })),
  );
  return files.flatMap(({ path, status }) =>
    status === undefined ? [] : [{ path: relative(directory, path), sizeBytes: status.size }],
  );
}
