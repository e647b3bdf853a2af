import { LayerGraph } from "../graph/layer-graph.ts";
import type { BuiltGraph } from "./build-graph.ts";
import { closeFile, type FileSlice, openFile } from "./file-slice.ts";
import { Hdf5File } from "./hdf5-file.ts";

/** A model whose file stays open, because its weights are read only while they are written elsewhere. */
export class OpenModel {
  readonly file: FileSlice;
  graph = new LayerGraph();
  firstNormalization: LayerGraph | undefined;
  #weights: Hdf5File | undefined;

  private constructor(file: FileSlice) {
    this.file = file;
  }

  /** Opens a file and has its graph built. The file is closed if that fails. */
  static async read(path: string, build: (model: OpenModel) => Promise<BuiltGraph>): Promise<OpenModel> {
    const model = new OpenModel(openFile(path));
    try {
      return Object.assign(model, await build(model));
    } catch (error) {
      model.close();
      throw error;
    }
  }

  async openHdf5(part: FileSlice): Promise<Hdf5File> {
    this.#weights = await Hdf5File.open(part);
    return this.#weights;
  }

  /** Ends reading; the graph's weights cannot be read afterwards. */
  close(): void {
    this.#weights?.close();
    closeFile(this.file);
  }
}
