import { KerasModelError } from "../keras-model-error.ts";
import { otherWay } from "./other-way.ts";

/** A model, layer or operation as Keras writes it: its class, where the class comes from, and its settings. */
export interface KerasObject {
  className: string;
  /** `layer` and `operation` (keras.ops) may share a class name, such as Add. */
  kind: "layer" | "operation";
  name: string;
  config: Record<string, unknown>;
  inboundNodes: unknown[];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws KerasModelError when it is not a Keras object, or is a custom one */
export function parseKerasObject(value: unknown): KerasObject {
  if (!isRecord(value) || typeof value.class_name !== "string" || !isRecord(value.config)) {
    throw new KerasModelError(
      "Expected a Keras object with class_name and config in the model's configuration",
    );
  }
  const { class_name: className, config, module, registered_name: registeredName } = value;
  const name = String(config.name ?? value.name ?? className);
  if (!isKerasModule(module) || (typeof registeredName === "string" && registeredName.includes(">"))) {
    throw new KerasModelError(
      `Layer ${name} is a custom object (${registeredName ?? className}), which is not supported; ${otherWay}`,
    );
  }
  return {
    className,
    kind: typeof module === "string" && module.startsWith("keras.src.ops.") ? "operation" : "layer",
    name,
    config,
    inboundNodes: Array.isArray(value.inbound_nodes) ? value.inbound_nodes : [],
  };
}

/** Whole-model HDF5 files of Keras 2 name no module. */
function isKerasModule(module: unknown): boolean {
  if (module === undefined || module === null) return true;
  return typeof module === "string" && /^(tf_)?keras(\.|$)/.test(module);
}

/** The objects of a list in another object's settings. */
export function parseKerasObjects(value: unknown): KerasObject[] {
  if (!Array.isArray(value))
    throw new KerasModelError("Expected a list of layers in the model's configuration");
  return value.map(parseKerasObject);
}

/** A model, at the top of a file or used as a layer. */
export function isModel(layer: KerasObject): boolean {
  return layer.kind === "layer" && ["Functional", "Model", "Sequential"].includes(layer.className);
}
