import { readFile } from "node:fs/promises";
import { ModelError } from "../../errors/model-error.ts";
import type { LayerGraph } from "../graph/layer-graph.ts";
import type { Pair } from "../graph/operations.ts";
import { ArchiveWeightStore } from "./archive-weight-store.ts";
import { buildGraph } from "./build-graph.ts";
import { Hdf5File } from "./hdf5-file.ts";
import { isRecord } from "./keras-object.ts";
import { readZip } from "./zip-reader.ts";

/** A layer graph whose weights are read from an open file. */
export interface OpenGraph {
  graph: LayerGraph;
  /** Ends reading; the graph's weights cannot be read afterwards. */
  close(): void;
}

/** Reads a `.keras` archive (config.json, metadata.json and model.weights.h5). @throws ModelError */
export async function readKerasArchive(file: string, imageSize?: Pair): Promise<OpenGraph> {
  const entries = readZip(await readFile(file));
  const configuration = parseJson(entryOf(entries, "config.json"), "config.json");
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

function readKerasVersion(entries: Map<string, Buffer>): 2 | 3 {
  const metadata = parseJson(entryOf(entries, "metadata.json"), "metadata.json");
  return isRecord(metadata) && String(metadata.keras_version).startsWith("2.") ? 2 : 3;
}

export function parseJson(bytes: Uint8Array | string, name: string): unknown {
  try {
    return JSON.parse(typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("utf8"));
  } catch (error) {
    throw new ModelError(`Expected JSON in ${name}`, { cause: error });
  }
}
