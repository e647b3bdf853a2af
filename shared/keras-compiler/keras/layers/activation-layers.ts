import { activationOfLayer, addInTurn } from "../activations.ts";
import { addBinary, addScaled } from "../formulas.ts";
import { type LayerReader, shapeOf, tensorOf } from "../layer-reader.ts";

/** Layers that only apply an activation. */
export function createActivationReader(className: string): LayerReader {
  return (call) => addInTurn(call, tensorOf(call), activationOfLayer(call, className, call.config));
}

/**
 * relu(x) - alpha * relu(-x), with a trained alpha per place, or one that places along some axes share (He et al.
 * 2015).
 */
export const readParametricRelu: LayerReader = (call) => {
  const { graph, config, name } = call;
  const shared = config.has("shared_axes") ? config.numbers("shared_axes") : [];
  const shape = shapeOf(call).map((size, axis) => (axis === 0 || shared.includes(axis) ? 1 : (size ?? 1)));
  const alpha = call.weights.take("alpha", shape.slice(1));
  const slope = graph.add({ type: "constant", value: { ...alpha, shape } }, [], name);
  const relu = (node: number) => graph.add({ type: "activation", kind: "relu" }, [node], name);
  const below = relu(addScaled(call, tensorOf(call), -1));
  return addBinary(call, "subtract", relu(tensorOf(call)), addBinary(call, "multiply", slope, below));
};
