import type { Pair } from "../graph/operations.ts";
import { KerasModelError } from "../keras-model-error.ts";
import { ArchiveWeightStore } from "./archive-weight-store.ts";
import { buildGraph } from "./build-graph.ts";
import { type FileSlice, readWhole } from "./file-slice.ts";
import { isRecord } from "./keras-object.ts";
import { OpenModel } from "./open-model.ts";
import { parseJson } from "./parse-json.ts";
import { readZip } from "./zip-reader.ts";

/** Reads a `.keras` archive (config.json, metadata.json and model.weights.h5). @throws KerasModelError */
export function readKerasArchive(path: string, imageSize?: Pair): Promise<OpenModel> {
  return OpenModel.read(path, async (model) => {
    const entries = readZip(model.file);
    const weights = await model.openHdf5(entryOf(entries, "model.weights.h5"));
    const kerasVersion = readKerasVersion(entries);
    const configuration = readJson(entries, "config.json");
    return buildGraph(configuration, new ArchiveWeightStore(weights), { kerasVersion, imageSize });
  });
}

function entryOf(entries: Map<string, FileSlice>, name: string): FileSlice {
  const entry = entries.get(name);
  if (!entry)
    throw new KerasModelError(`The .keras file has no entry ${name}: save the model again with model.save`);
  return entry;
}

function readJson(entries: Map<string, FileSlice>, name: string): unknown {
  return parseJson(readWhole(entryOf(entries, name)).toString("utf8"), name);
}

function readKerasVersion(entries: Map<string, FileSlice>): 2 | 3 {
  const metadata = readJson(entries, "metadata.json");
  return isRecord(metadata) && String(metadata.keras_version).startsWith("2.") ? 2 : 3;
}
