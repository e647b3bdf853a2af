import { ModelError } from "../../errors/model-error.ts";
import type { ModelContract, ModelFormat } from "../../schemas/model.ts";
import type { Ending } from "../graph-ending/find-ending.ts";

/** What turns a graph's numbers into probabilities. */
export type Activation = "softmax" | "sigmoid" | "none";

export interface EndingFacts {
  ending: Ending;
  /** How many numbers an answer has. */
  units: number;
  format: ModelFormat;
  declared: Partial<Pick<ModelContract, "activation" | "multi_label">>;
}

/**
 * Chooses what turns a graph's numbers into probabilities: nothing where they are probabilities already. A Keras model
 * that ends in logits was trained with `from_logits=True` and gets its softmax, or its sigmoid where it has one unit.
 * Logits of other formats may be anything, so the version must say it.
 *
 * @throws ModelError when the ending and what is declared do not go together, with what to write
 */
export function chooseActivation(facts: EndingFacts): Activation {
  assertDeclared(facts);
  const { ending, units, format, declared } = facts;
  if (declared.activation !== undefined) return declared.activation;
  const isMultiLabel = declared.multi_label === true;
  if (ending === "softmax") return "none";
  if (ending === "sigmoid") {
    if (units === 1 || isMultiLabel) return "none";
    throw new ModelError(
      `It ends in ${units} sigmoids, each a probability of its own; end it with softmax, or declare multi_label: true if ` +
        "several classes may be true of one picture",
    );
  }
  if (ending === "logits" && isKeras(format)) return units === 1 || isMultiLabel ? "sigmoid" : "softmax";
  if (ending === "unknown" && units > 1) return "none";
  throw new ModelError(describeMissing(facts));
}

const isKeras = (format: ModelFormat) => format === "keras" || format === "keras_h5";

function assertDeclared({ ending, units, declared }: EndingFacts): void {
  const { activation, multi_label: isMultiLabel = false } = declared;
  if (units === 1 && (ending === "softmax" || activation === "softmax"))
    throw new ModelError("A softmax of one unit always answers 1; end it with a sigmoid");
  if (isMultiLabel && (ending === "softmax" || activation === "softmax"))
    throw new ModelError("multi_label: true is declared, but a softmax lets only one class be true");
  if (activation === "sigmoid" && units > 1 && !isMultiLabel)
    throw new ModelError(
      `activation: sigmoid is declared for ${units} classes; declare multi_label: true too, or activation: softmax`,
    );
  if (activation !== undefined && activation !== "none" && (ending === "softmax" || ending === "sigmoid"))
    throw new ModelError(
      `activation: ${activation} is declared, but the graph ends in its own ${ending}: it would be applied twice`,
    );
}

/** What the graph lacks, and each way to give it. */
function describeMissing({ ending, units, declared }: EndingFacts): string {
  const activation = units === 1 || declared.multi_label === true ? "sigmoid" : "softmax";
  const layer = activation === "sigmoid" ? "nn.Sigmoid()" : "nn.Softmax(dim=1)";
  const found = {
    logits: `It ends in ${units === 1 ? "a logit" : "logits"} without ${activation}`,
    log_softmax: "It ends in the logarithms of probabilities (LogSoftmax)",
    unknown: "Its last operations do not show whether its one number is a probability",
    softmax: "",
    sigmoid: "",
  }[ending];
  return (
    `${found}; end it with ${activation} (in PyTorch nn.Sequential(model, ${layer}) before the export), or declare ` +
    `activation: ${activation}, as in metadata={"activation": "${activation}"} at log_model, or {"activation": "${activation}"} in model-contract.json beside the file` +
    (ending === "unknown" ? ', or "none" if it is a probability already' : "")
  );
}
