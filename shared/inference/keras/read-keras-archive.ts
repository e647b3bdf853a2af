import { readFile } from "node:fs/promises";
import { ModelError } from "../../errors/model-error.ts";
import type { Pair } from "../graph/operations.ts";
import { ArchiveWeightStore } from "./archive-weight-store.ts";
import { buildGraph } from "./build-graph.ts";
import { Hdf5File } from "./hdf5-file.ts";
import { isRecord } from "./keras-object.ts";
import type { OpenGraph } from "./open-graph.ts";
import { parseJson } from "./parse-json.ts";
import { readZip } from "./zip-reader.ts";

/** Reads a `.keras` archive (config.json, metadata.json and model.weights.h5). @throws ModelError */
export async function readKerasArchive(file: string, imageSize?: Pair): Promise<OpenGraph> {
  const entries = readZip(await readFile(file));
  const configuration = readJson(entries, "config.json");
  const kerasVersion = readKerasVersion(entries);
  const weights = await Hdf5File.open(entryOf(entries, "model.weights.h5"));
  try {
    const graph = buildGraph(configuration, new ArchiveWeightStore(weights), { kerasVersion, imageSize });
    return { graph, close: () => weights.close() };
  } catch (error) {
    weights.close();
    throw error;
  }
}

function entryOf(entries: Map<string, Buffer>, name: string): Buffer {
  const entry = entries.get(name);
  if (!entry) throw new ModelError(`The .keras file has no entry ${name}`);
  return entry;
}

function readJson(entries: Map<string, Buffer>, name: string): unknown {
  return parseJson(entryOf(entries, name).toString("utf8"), name);
}

function readKerasVersion(entries: Map<string, Buffer>): 2 | 3 {
  const metadata = readJson(entries, "metadata.json");
  return isRecord(metadata) && String(metadata.keras_version).startsWith("2.") ? 2 : 3;
}
