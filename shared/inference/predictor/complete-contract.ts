import {
  defaultLabels,
  type ModelContract,
  type ModelFiles,
  modelContractSchema,
} from "../../contracts/model.ts";
import { ModelError } from "../../errors/model-error.ts";

/** What a loaded graph tells about itself. */
export interface GraphFacts {
  height: number;
  width: number;
  /** How many classes an answer tells apart. */
  classes: number;
}

export interface CompletedContract {
  contract: ModelContract;
  /** Where each field came from: a file, tag or param of the version, the graph, or a default. */
  contractBy: Record<string, string>;
}

/**
 * Completes what a version declares: by the graph's own shape, then by the service's defaults.
 * @throws ModelError when the declaration does not fit the graph, or labels are neither declared nor the default four.
 */
export function completeContract(files: ModelFiles, graph: GraphFacts): CompletedContract {
  const { declared, declaredBy } = files;
  const contract = modelContractSchema.parse({
    preprocessing: { kind: "resize" },
    ...declared,
    labels: completeLabels(files, graph),
    input: completeInput(files, graph),
  });
  const contractBy = { ...fieldSources, ...declaredBy };
  return { contract, contractBy };
}

/** Where a field comes from when the version does not declare it; parts of the input are told apart. */
const fieldSources: Record<string, string> = {
  labels: "default",
  "input.height": "graph",
  "input.width": "graph",
  "input.channels": "graph",
  "input.value_range": "default",
  preprocessing: "default",
  temperature: "default",
};

function completeLabels({ declared }: ModelFiles, { classes }: GraphFacts): readonly string[] {
  const labels = declared.labels ?? defaultLabels;
  if (labels.length === classes) return labels;
  if (!declared.labels) {
    throw new ModelError(
      `The graph tells ${classes} classes apart and the version names no labels; name ${classes} labels in model-contract.json`,
    );
  }
  throw new ModelError(
    `The version names ${labels.length} labels but the graph tells ${classes} classes apart`,
  );
}

function completeInput({ declared }: ModelFiles, graph: GraphFacts) {
  const { height = graph.height, width = graph.width, ...others } = declared.input ?? {};
  if (height !== graph.height || width !== graph.width) {
    throw new ModelError(
      `The version declares an input of ${height} x ${width} but the graph takes ${graph.height} x ${graph.width}`,
    );
  }
  return { height, width, channels: 3, ...others };
}
