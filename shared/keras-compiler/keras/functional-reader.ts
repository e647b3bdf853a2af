import { KerasModelError } from "../keras-model-error.ts";
import { type CallArgument, parseCall, parseReferences, type TensorReference } from "./call-arguments.ts";
import { addInput, castToInput, inputShapeOf } from "./input-layers.ts";
import { parseKeras2Call } from "./keras-2-call-arguments.ts";
import { isModel, type KerasObject } from "./keras-object.ts";
import type { LayerInput } from "./layer-reader.ts";
import { listLayers, type ModelLayer } from "./model-layers.ts";
import type { CallReader, ReadingContext } from "./read-layer.ts";
import type { LayerPath } from "./weight-store.ts";

/** Reads a Functional model from its outputs back to its inputs, each call of a layer once. */
export class FunctionalReader {
  readonly #context: ReadingContext;
  readonly #model: KerasObject;
  readonly #layers: Map<string, ModelLayer>;
  readonly #readCall: CallReader;
  readonly #values = new Map<TensorReference, number>();
  readonly #pending = new Set<string>();

  constructor(context: ReadingContext, model: KerasObject, path: LayerPath, readCall: CallReader) {
    this.#context = context;
    this.#model = model;
    this.#readCall = readCall;
    this.#layers = new Map(listLayers(model, path).map((entry) => [entry.layer.name, entry]));
  }

  /** Returns the nodes of the model's outputs. Without `inputs`, the model's own are added to the graph. */
  read(inputs: readonly number[] | undefined): number[] {
    const references = parseReferences(this.#model.config.input_layers);
    if (inputs && inputs.length !== references.length) {
      throw new KerasModelError(
        `Expected ${references.length} inputs for ${this.#model.name} but received ${inputs.length}`,
      );
    }
    references.forEach((reference, index) => {
      this.#values.set(reference, this.#readInput(reference, inputs?.[index]));
    });
    const outputs = parseReferences(this.#model.config.output_layers);
    return outputs.map((reference) => this.#resolve(this.#toListedCall(reference)));
  }

  #readInput(reference: TensorReference, given: number | undefined): number {
    const { name, config } = this.#find(reference).layer;
    return given === undefined
      ? addInput(this.#context, name, inputShapeOf(config), config.dtype)
      : castToInput(this.#context, given, name, config.dtype);
  }

  /**
   * The call that made a nested model is counted in some references, but it is not in the list of its calls. Keras 3
   * counts it only where a model names its outputs, and only for a Functional model; Keras 2 counts it for any model
   * and everywhere (get_config in functional.py of both).
   */
  #toListedCall(reference: TensorReference): TensorReference {
    const { layer } = this.#find(reference);
    const counted = this.#context.kerasVersion === 2 ? isModel(layer) : layer.className === "Functional";
    if (!counted) return reference;
    const [output, call, ...name] = reference.split("/").reverse();
    return [...name.reverse(), Number(call) - 1, output].join("/");
  }

  /** The node of a value. The call that makes it is read first, if it has not been. */
  #resolve(reference: TensorReference): number {
    const known = this.#values.get(reference);
    if (known !== undefined) return known;
    const call = reference.slice(0, reference.lastIndexOf("/"));
    if (this.#pending.has(call))
      throw new KerasModelError(`Layer ${call} of ${this.#model.name} depends on itself`);
    this.#pending.add(call);
    this.#read(reference, call);
    const node = this.#values.get(reference);
    if (node === undefined)
      throw new KerasModelError(`Layer ${call} of ${this.#model.name} has no output ${reference}`);
    return node;
  }

  #read(reference: TensorReference, call: string): void {
    const { layer, path } = this.#find(reference);
    const index = Number(call.slice(call.lastIndexOf("/") + 1));
    const node = layer.inboundNodes[index];
    if (node === undefined) throw new KerasModelError(`Layer ${layer.name} has no call ${index}`);
    const { kerasVersion } = this.#context;
    const given = kerasVersion === 2 ? parseKeras2Call(node, layer.name) : parseCall(node, layer.name);
    const inputs = given.map((argument) => this.#toInput(argument));
    const outputs = this.#readCall(this.#context, layer, path, inputs);
    outputs.forEach((output, position) => {
      this.#values.set(`${call}/${position}`, output);
    });
  }

  #toInput(argument: CallArgument): LayerInput {
    if (argument.type !== "tensor") return argument;
    const isCounted = this.#context.kerasVersion === 2;
    const reference = isCounted ? this.#toListedCall(argument.reference) : argument.reference;
    return { ...argument, node: this.#resolve(reference) };
  }

  #find(reference: TensorReference): ModelLayer {
    const name = reference.split("/").slice(0, -2).join("/");
    const found = this.#layers.get(name);
    if (!found) throw new KerasModelError(`The model ${this.#model.name} has no layer ${name}`);
    return found;
  }
}
