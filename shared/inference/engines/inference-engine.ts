import type { EngineName, ModelAnswer } from "../../schemas/model.ts";
import type { GraphFacts } from "../graph-ending/find-ending.ts";

/** A graph's float32 input or output; `null` marks a free size. */
export interface TensorDescription {
  name: string;
  shape: readonly (number | null)[];
}

/** What a graph gives for one input: its own answer, and its taps where it has them. */
export interface GraphAnswer extends Pick<ModelAnswer, "features" | "classMap"> {
  output: Float32Array;
}

/** A compiled graph that an engine holds ready. */
export interface EngineSession {
  readonly input: TensorDescription;
  readonly output: TensorDescription;
  readonly hasClassMap: boolean;
  /** Reads in its file what its operations show, such as whether its numbers are probabilities; undefined where it cannot be read. */
  readFacts(): GraphFacts | undefined;
  /** Runs the graph on one float32 input of `shape`; the answer belongs to the caller. */
  run(input: Float32Array, shape: readonly number[]): Promise<GraphAnswer>;
  dispose(): Promise<void>;
}

export interface EngineOptions {
  /** Threads of one forward pass. TensorFlow keeps the first number that it is given. */
  threads: number;
}

/** Loads graphs in the engine's own file format. */
export interface InferenceEngine {
  readonly name: EngineName;
  /**
   * @param path an `.onnx` file, or the folder of a SavedModel
   * @throws ModelError when it cannot be loaded
   */
  load(path: string): Promise<EngineSession>;
}
