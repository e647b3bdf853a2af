import type { ObjectStore } from "../aws/object-store.ts";
import { ModelError } from "../errors/model-error.ts";
import { getRegisteredModel } from "../mlflow/calls/get-registered-model.ts";
import { ofModel, searchModelVersions } from "../mlflow/calls/search-model-versions.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import type { ModelVersion } from "../mlflow/types.ts";
import {
  describeVersion,
  resolveVersion,
  type VersionReference,
  type VersionWish,
} from "../registry/resolve-version.ts";
import type { ModelSettings } from "../settings/model.ts";
import { type TriedModel, tryVersion } from "./try-model.ts";

export interface ListedVersion {
  version: string;
  /** Milliseconds since 1970. */
  createdMs: number;
  stage: string;
  aliases: string[];
  /** Whether it is the version that the settings ask for. */
  wanted: boolean;
  /** Engine and contract, or why it cannot be served. */
  trial: Pick<TriedModel, "engine" | "contract" | "contractBy"> | { problem: string };
}

export interface ListModelsOptions {
  mlflow: MlflowClient;
  store: ObjectStore;
  name: string;
  engine: ModelSettings["engine"];
  wish: VersionWish;
  /** How many of the newest versions; the wanted one is listed in any case. */
  limit: number;
}

/** Lists versions, newest first; each is tried as the service would load it. */
export async function* listModels(options: ListModelsOptions): AsyncGenerator<ListedVersion> {
  const { mlflow, name, wish, limit } = options;
  const wanted = await findWanted(mlflow, name, wish);
  // A search does not return aliases.
  const aliases = (await getRegisteredModel(mlflow, name))?.aliases ?? [];
  const records: ModelVersion[] = [];
  for await (const record of searchModelVersions(mlflow, ofModel(name))) records.push(record);
  // MLflow orders them by their last change.
  records.sort((a, b) => Number(b.version) - Number(a.version));
  const listed = records.filter((record, index) => index < limit || record.version === wanted);
  for (const record of listed) {
    const reference = describeVersion(record);
    yield {
      version: reference.version,
      createdMs: record.creation_timestamp ?? 0,
      stage: reference.stage,
      aliases: aliases.filter((alias) => alias.version === reference.version).map(({ alias = "" }) => alias),
      wanted: reference.version === wanted,
      trial: await describeTrial(reference, options),
    };
  }
}

async function findWanted(
  mlflow: MlflowClient,
  name: string,
  wish: VersionWish,
): Promise<string | undefined> {
  try {
    return (await resolveVersion(mlflow, name, wish)).version;
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

async function describeTrial(
  reference: VersionReference,
  options: ListModelsOptions,
): Promise<ListedVersion["trial"]> {
  try {
    const { engine, contract, contractBy } = await tryVersion(reference, options);
    return { engine, contract, contractBy };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
