import { readFile } from "node:fs/promises";
import { ModelError } from "../../errors/model-error.ts";
import type { Pair } from "../graph/operations.ts";
import { buildGraph } from "./build-graph.ts";
import { Hdf5File } from "./hdf5-file.ts";
import { Hdf5WeightStore } from "./hdf5-weight-store.ts";
import type { OpenGraph } from "./open-graph.ts";
import { parseJson } from "./parse-json.ts";

/** Reads a whole model in one HDF5 file (`.h5`), as Keras 2 and 3 write it. @throws ModelError */
export async function readKerasHdf5(path: string, imageSize?: Pair): Promise<OpenGraph> {
  const file = await Hdf5File.open(await readFile(path));
  try {
    const configuration = file.attribute("", "model_config");
    if (typeof configuration !== "string") {
      throw new ModelError("The HDF5 file holds weights only: its attribute model_config is missing");
    }
    const kerasVersion = String(file.attribute("", "keras_version")).startsWith("2.") ? 2 : 3;
    const store = new Hdf5WeightStore(file);
    const graph = buildGraph(parseJson(configuration, "model_config"), store, { kerasVersion, imageSize });
    return { graph, close: () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}
