import { createHash } from "node:crypto";
import { NoVersionError } from "../errors/model-error.ts";
import { getLatestVersions } from "../mlflow/calls/get-latest-versions.ts";
import { getModelVersion } from "../mlflow/calls/get-model-version.ts";
import { getVersionByAlias } from "../mlflow/calls/get-version-by-alias.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import type { ModelVersion } from "../mlflow/types.ts";
import { undefinedIfMissing } from "../mlflow/undefined-if-missing.ts";
import { isContractTag } from "./contract/parse-declared-fields.ts";
import { weightsHashTag } from "./version-files/weights-hash.ts";

/** Which version is wanted: one number, or whatever an alias or a stage names. */
export type VersionWish = { version: string } | { alias: string } | { stage: string };

/** A version as the registry describes it. */
export interface VersionReference {
  name: string;
  version: string;
  /** As it was registered: `models:/m-<id>`, `runs:/<run>/model`, an address. */
  source: string;
  runId?: string;
  /** The logged model behind it; versions registered the older way have none. */
  modelId?: string;
  stage: string;
  aliases: string[];
  tags: Record<string, string>;
  /** Changes when the files may have changed (12 hexadecimal digits). */
  contentId: string;
  /** Changes with `contentId`, and with tags that are part of the contract. */
  servingId: string;
  /** Changes with anything done to the entry, such as a promotion or a tag. */
  registryId: string;
}

/** A pinned number takes precedence over an alias, an alias over the stage. */
export function wishFrom(settings: {
  version: string;
  alias: string | undefined;
  stage: string;
}): VersionWish {
  if (settings.version !== "latest") return { version: settings.version };
  return settings.alias === undefined ? { stage: settings.stage } : { alias: settings.alias };
}

/** `version 3`, `alias champion`, `stage Production`. */
export function describeWish(wish: VersionWish): string {
  if ("version" in wish) return `version ${wish.version}`;
  return "alias" in wish ? `alias ${wish.alias}` : `stage ${wish.stage}`;
}

function describeMissing(name: string, wish: VersionWish): string {
  if ("version" in wish) return `${wish.version} of ${name}`;
  return `of ${name} ${"stage" in wish ? `in stage ${wish.stage}` : `with the alias ${wish.alias}`}`;
}

/**
 * Asks the registry which version is wanted now. Of two versions in one stage it is the one with the higher number.
 *
 * @throws NoVersionError when there is no such model, version or alias, or no version in the stage
 * @throws MlflowError when MLflow cannot be reached or refuses
 */
export async function resolveVersion(
  mlflow: MlflowClient,
  name: string,
  wish: VersionWish,
): Promise<VersionReference> {
  const found = await findVersion(mlflow, name, wish);
  if (found === undefined) {
    throw new NoVersionError(
      `The registry has no version ${describeMissing(name, wish)}: npm run models lists its versions`,
    );
  }
  return found;
}

/**
 * As `resolveVersion`; undefined where that throws a ModelError.
 *
 * @throws MlflowError when MLflow cannot be reached or refuses
 */
export async function findVersion(
  mlflow: MlflowClient,
  name: string,
  wish: VersionWish,
): Promise<VersionReference | undefined> {
  const found = await undefinedIfMissing(lookUp(mlflow, name, wish));
  return found === undefined ? undefined : describeVersion(found);
}

async function lookUp(
  mlflow: MlflowClient,
  name: string,
  wish: VersionWish,
): Promise<ModelVersion | undefined> {
  if ("version" in wish) return getModelVersion(mlflow, name, wish.version);
  if ("alias" in wish) return getVersionByAlias(mlflow, name, wish.alias);
  const versions = await getLatestVersions(mlflow, name, [wish.stage]);
  return versions.sort((a, b) => Number(b.version) - Number(a.version))[0];
}

/** Turns MLflow's record of a version into a reference. */
export function describeVersion(record: ModelVersion): VersionReference {
  const { name = "", version = "", source = "", run_id: runId, current_stage: stage = "None" } = record;
  const modelId = record.model_id ?? /^models:\/(m-[\w-]+)$/.exec(source)?.[1];
  const tags = Object.fromEntries((record.tags ?? []).map(({ key = "", value = "" }) => [key, value]));
  // Includes the hash: files fetched before somebody wrote it are fetched again and checked against it.
  const contentId = hash(name, version, source, record.creation_timestamp, tags[weightsHashTag]);
  // Other tags may change without a reload.
  const contractTags = Object.entries(tags)
    .filter(([key]) => isContractTag(key))
    .sort();
  return {
    name,
    version,
    source,
    stage,
    aliases: record.aliases ?? [],
    tags,
    ...(runId && { runId }),
    ...(modelId && { modelId }),
    contentId,
    servingId: hash(contentId, contractTags),
    registryId: hash(contentId, record.last_updated_timestamp, Object.entries(tags).sort()),
  };
}

function hash(...parts: unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}
