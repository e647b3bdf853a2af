import type { Pair } from "../graph/operations.ts";
import { KerasModelError } from "../keras-model-error.ts";
import { buildGraph } from "./build-graph.ts";
import { Hdf5WeightStore } from "./hdf5-weight-store.ts";
import { OpenModel } from "./open-model.ts";
import { parseJson } from "./parse-json.ts";

/** Reads a whole model in one HDF5 file (`.h5`), as Keras 2 and 3 write it. @throws KerasModelError */
export function readKerasHdf5(path: string, imageSize?: Pair): Promise<OpenModel> {
  return OpenModel.read(path, async (model) => {
    const file = await model.openHdf5(model.file);
    const configuration = file.attribute("", "model_config");
    if (typeof configuration !== "string") {
      throw new KerasModelError(
        'The HDF5 file holds weights only, its attribute model_config is missing: save the whole model with model.save("model.keras")',
      );
    }
    const kerasVersion = String(file.attribute("", "keras_version")).startsWith("2.") ? 2 : 3;
    const store = new Hdf5WeightStore(file);
    return buildGraph(parseJson(configuration, "model_config"), store, { kerasVersion, imageSize });
  });
}
