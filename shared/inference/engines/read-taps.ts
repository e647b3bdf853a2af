// Not from the index, which would bring the whole compiler into every cold start.
import { tapNames } from "../../keras-compiler/graph/tap-names.ts";
import type { GraphAnswer } from "./inference-engine.ts";

/** One output of a graph, as an engine gives it. */
interface OutputTensor {
  data: Float32Array;
  shape: readonly number[];
}

const names: readonly string[] = Object.values(tapNames);

/** Whether an output is a tap that was added to the graph, not its answer. */
export const isTap = (name: string): boolean => names.includes(name);

/** Features and class map among a graph's outputs, where it has them. */
export function readTaps(tensorOf: (name: string) => OutputTensor | undefined): Omit<GraphAnswer, "output"> {
  const classMap = tensorOf(tapNames.classMap);
  const [, height = 0, width = 0] = classMap?.shape ?? [];
  return {
    features: tensorOf(tapNames.features)?.data,
    classMap: classMap && { data: classMap.data, height, width },
  };
}

export const hasClassMap = (outputs: readonly string[]): boolean => outputs.includes(tapNames.classMap);
