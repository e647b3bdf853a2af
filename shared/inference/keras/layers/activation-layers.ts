import { activationOfLayer, addInTurn } from "../activations.ts";
import { type LayerReader, tensorOf } from "../layer-reader.ts";

/** Layers that only apply an activation. */
export function createActivationReader(className: string): LayerReader {
  return (call) => addInTurn(call, tensorOf(call), activationOfLayer(call, className, call.config));
}
