import { type KerasObject, parseKerasObjects } from "./keras-object.ts";
import type { LayerPath } from "./weight-store.ts";

export interface ModelLayer {
  layer: KerasObject;
  path: LayerPath;
}

/**
 * Layers of a model with the groups of their weights. Keras names a group after the layer's class and its number
 * among the layers of that class, never after the layer's name.
 */
export function listLayers(model: KerasObject, path: LayerPath): ModelLayer[] {
  const counts = new Map<string, number>();
  return parseKerasObjects(model.config.layers).map((layer) => {
    const names = [...path.names, layer.name];
    if (layer.kind === "operation") return { layer, path: { names, group: "" } };
    const className = toSnakeCase(layer.className);
    const count = counts.get(className) ?? 0;
    counts.set(className, count + 1);
    const prefix = path.group === "" ? "" : `${path.group}/`;
    const group = `${prefix}layers/${className}${count === 0 ? "" : `_${count}`}`;
    return { layer, path: { names, group } };
  });
}

/** Keras's rule for names of weight groups (keras/src/utils/naming.py, to_snake_case): Conv2D gives conv2d. */
export function toSnakeCase(className: string): string {
  return className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
